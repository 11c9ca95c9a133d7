//! `kata config`.

use crate::cli::error::Exit;
use crate::cli::{Place, Setting, editor};
use crate::report::{SettingLine, Settings, json, settings};
use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

/// Show the settings in force, and where each comes from
///
/// They are changed in the file that it names; a setting that the file does not name has its
/// default.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Tell it as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    let places = [("database", &setting.database), ("config", &setting.config_file)];
    let places = places.map(|(name, place)| SettingLine {
        setting: name,
        value: json!(place.path.display().to_string()),
        from: from(place),
    });
    let (editor, from) = editor::said(setting);
    let editor = SettingLine { setting: "editor", value: json!(editor.to_string_lossy()), from };
    let lines = places.into_iter().chain(values(setting)).chain([editor]);
    let list = Settings { settings: lines.collect() };
    let output = &setting.output;
    match arguments.json {
        true => output.result(&json(&list))?,
        false => output.result(&settings(&list, output.style(), output.width()))?,
    }
    Ok(Exit::Done)
}

fn from(place: &Place) -> &'static str {
    place.said_by.unwrap_or("default")
}

/// The keys of the settings' file with their values, but for the editor.
fn values(setting: &Setting) -> impl Iterator<Item = SettingLine> {
    let config = &setting.config;
    let values: [(&'static str, Value); 12] = [
        ("new_per_day", json!(config.new_per_day)),
        ("reviews_per_day", json!(config.reviews_per_day)),
        ("day_starts_at", json!(config.day_starts_at.to_string())),
        ("grades", json!(config.grades)),
        ("bury_siblings", json!(config.bury_siblings)),
        ("leech_threshold", json!(config.leech_threshold)),
        ("auto_import", json!(config.auto_import)),
        ("scheduler", json!(config.scheduler.word())),
        ("theme", json!(config.theme)),
        ("backups_daily", json!(config.backups_daily)),
        ("backups_weekly", json!(config.backups_weekly)),
        ("backups_monthly", json!(config.backups_monthly)),
    ];
    values.into_iter().map(|(key, value)| SettingLine {
        setting: key,
        value,
        from: if config.named.contains(key) { "config" } else { "default" },
    })
}
