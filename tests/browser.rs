//! A page in headless Chromium: how it looks to the browser, and what it asks the network for.
//!
//! Where Chromium is missing the tests that need it say so and pass; with KATA_REQUIRE_CHROMIUM=1
//! they fail.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Widths in pixels that a page is looked at in.
pub const WIDTHS: [u64; 2] = [390, 1280];

/// What came of looking at a page.
#[derive(Debug)]
pub struct Look {
    /// For each of [`WIDTHS`]: see the script.
    pub views: Vec<Value>,
    /// What the browser wrote to its console: errors and what the page's policy forbade.
    pub console: Vec<String>,
    /// The addresses that the page asked for, files left out.
    pub requests: Vec<String>,
}

/// Puts the page into frames of each width, and tells what is there.
const LOOKER: &str = r#"<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>looker</title></head><body>FRAMES
<pre id="seen"></pre>
<script>
addEventListener("load", () => {
  const text = (node) => node ? node.textContent.trim() : "";
  const look = (frame) => {
    const page = frame.contentDocument;
    const figures = [...page.querySelectorAll("figure")].map((figure) => {
      const svg = figure.querySelector("svg");
      const box = figure.getBoundingClientRect();
      const isOutside = (label) => {
        const at = label.getBoundingClientRect();
        return at.left < box.left - 3 || at.right > box.right + 3;
      };
      return {
        title: text(page.getElementById(svg.getAttribute("aria-labelledby"))),
        rows: figure.querySelectorAll("tbody tr").length,
        marks: svg.querySelectorAll(".mark").length,
        hovers: svg.querySelectorAll(".mark > title").length,
        outside: figure.classList.contains("wide") ? 0 : [...svg.querySelectorAll("text")].filter(isOutside).length,
      };
    });
    return {
      width: frame.clientWidth,
      needed: page.documentElement.scrollWidth,
      background: getComputedStyle(page.body).backgroundColor,
      title: page.title,
      figures,
    };
  };
  const seen = [...document.querySelectorAll("iframe")].map(look);
  document.getElementById("seen").textContent = JSON.stringify(seen);
});
</script></body></html>"#;

/// Looks at a page, which stays beside what the browser makes of it; `None` without Chromium.
pub fn look_at(page: &Path) -> Option<Look> {
    let Some(chromium) = chromium() else {
        assert!(
            std::env::var_os("KATA_REQUIRE_CHROMIUM").is_none(),
            "KATA_REQUIRE_CHROMIUM is set, and there is no chromium"
        );
        eprintln!("skipped: there is no chromium to open {}", page.display());
        return None;
    };
    let folder = page.parent().unwrap();
    let name = page.file_name().unwrap().to_str().unwrap();
    let frame = |width| {
        format!(r#"<iframe src="{name}" width="{width}" height="900" style="border:0"></iframe>"#)
    };
    let looker = folder.join("looker.html");
    fs::write(&looker, LOOKER.replace("FRAMES", &WIDTHS.map(frame).concat())).unwrap();
    let profile = tempfile::TempDir::new().unwrap();
    let net_log = profile.path().join("net.json");
    let output = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        // Nothing reaches a network: what would go out is known from the log.
        .arg("--host-resolver-rules=MAP * ~NOTFOUND")
        // The looker may see into its frames.
        .arg("--allow-file-access-from-files")
        .args(["--enable-logging=stderr", "--timeout=60000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--log-net-log={}", net_log.display()))
        .arg(format!("file://{}", looker.display()))
        .env("HOME", profile.path())
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout);
    let log = String::from_utf8_lossy(&output.stderr);
    let seen = dom.split_once(r#"<pre id="seen">"#).and_then(|(_, rest)| rest.split_once("</pre>"));
    let (seen, _) = seen.unwrap_or_else(|| panic!("nothing was seen: {dom}\n{log}"));
    let seen = seen.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let views = serde_json::from_str(&seen).unwrap_or_else(|e| panic!("{e}: {seen}\n{log}"));
    let console = log.lines().filter(|line| line.contains(":CONSOLE"));
    Some(Look {
        views,
        console: console.map(str::to_owned).collect(),
        requests: requests(&fs::read_to_string(net_log).unwrap()),
    })
}

/// The addresses that pages asked for. What the browser asks for on its own has no origin.
fn requests(net_log: &str) -> Vec<String> {
    let log: Value = serde_json::from_str(net_log).unwrap();
    let asked = log["events"].as_array().unwrap().iter().map(|event| &event["params"]);
    let by_pages = asked.filter(|params| {
        params["initiator"].as_str().is_some_and(|initiator| initiator != "not an origin")
    });
    by_pages
        .filter_map(|params| params["url"].as_str())
        .filter(|url| !url.starts_with("file:"))
        .map(str::to_owned)
        .collect()
}

fn chromium() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|program| program.is_file())
}

/// Without this, that nothing is found could mean that nothing is looked for.
#[test]
fn the_browser_tells_of_what_a_page_must_not_do() {
    let folder = tempfile::TempDir::new().unwrap();
    let page = folder.path().join("bad.html");
    let policy = "default-src 'none'; img-src http:";
    fs::write(
        &page,
        format!(
            "<!DOCTYPE html><meta http-equiv=Content-Security-Policy content=\"{policy}\">\
             <title>bad</title><p style=color:red>x<img src=http://kata.invalid/x.png>\
             <pre>{}</pre>",
            "wide".repeat(500)
        ),
    )
    .unwrap();
    let Some(look) = look_at(&page) else { return };
    assert!(look.console.iter().any(|line| line.contains("inline style")), "{look:?}");
    assert!(look.requests.iter().any(|url| url == "http://kata.invalid/x.png"), "{look:?}");
    assert!(look.views[0]["needed"].as_u64() > look.views[0]["width"].as_u64(), "{look:?}");
}
