use super::*;
use crate::frontend::Tone;
use image::{Rgb, RgbImage};
use ratatui::style::Color;
use tempfile::TempDir;

/// A deck's folder.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    fn deck(&self) -> PathBuf {
        self.0.path().join("deck.yaml")
    }

    /// A PNG of one colour.
    fn png(&self, name: &str, (width, height): (u32, u32), colour: [u8; 3]) {
        let image = RgbImage::from_pixel(width, height, Rgb(colour));
        image.save_with_format(self.0.path().join(name), image::ImageFormat::Png).unwrap();
    }

    fn file(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.path().join(name), bytes).unwrap();
    }
}

fn gallery(means: Means, depth: Depth) -> Gallery {
    let theme = Theme { tone: Tone::Dark, depth };
    let terminal = Some(Terminal { means, depth, is_in_tmux: false });
    let cell = || Some(FontSize::new(10, 20));
    Gallery { terminal, cell, ..Gallery::new(theme) }
}

/// A page with lines of text above and below each image.
fn page(sources: &[&str]) -> Page {
    let mut page = Page::default();
    page.push("above");
    for source in sources {
        let at = page.lines.len();
        page.push("[image: a cat]");
        page.push("below");
        let (source, alt) = ((*source).to_owned(), "a cat".to_owned());
        page.images.push(Image { lines: at..at + 1, source, alt });
    }
    page
}

fn text(page: &Page) -> Vec<String> {
    page.lines.iter().map(|line| line.to_string().trim_end().to_owned()).collect()
}

/// What is on a screen of this size that shows a page from a line on.
fn screen(gallery: &Gallery, page: &Page, from: usize, (width, height): (u16, u16)) -> Buffer {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    for (line, y) in page.lines.iter().skip(from).zip(0..height) {
        buffer.set_line(0, y, line, width);
    }
    gallery.draw(page, from, area, &mut buffer);
    buffer
}

fn row(buffer: &Buffer, y: u16) -> String {
    let cells = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol());
    cells.collect::<String>().trim_end().to_owned()
}

#[test]
fn without_graphics_an_image_is_lines_of_coloured_blocks() {
    let folder = Folder::new();
    folder.png("cat.png", (40, 40), [200, 10, 10]);
    let mut gallery = gallery(Means::Blocks, Depth::True);
    let page = gallery.hang(page(&["cat.png"]), Some(&folder.deck()), 80, 24);
    assert_eq!(text(&page), ["above", "", "", "below"]);
    assert_eq!(page.images[0].lines, 1..3);
    let spans = &page.lines[1].spans;
    assert_eq!((spans.len(), spans[0].width()), (1, 4));
    assert_eq!(spans[0].style.bg, Some(Color::Rgb(200, 10, 10)));
}

#[test]
fn blocks_have_the_colours_that_the_terminal_knows() {
    let folder = Folder::new();
    folder.png("cat.png", (40, 40), [250, 5, 5]);
    for (depth, colour) in [(Depth::Many, Color::Indexed(196)), (Depth::Sixteen, Color::LightRed)] {
        let mut gallery = gallery(Means::Blocks, depth);
        let page = gallery.hang(page(&["cat.png"]), Some(&folder.deck()), 80, 24);
        assert_eq!(page.lines[1].spans[0].style.bg, Some(colour));
    }
}

#[test]
fn where_no_image_is_shown_a_key_opens_it() {
    let folder = Folder::new();
    folder.png("cat.png", (40, 40), [0; 3]);
    folder.file("cat.svg", b"<svg/>");
    let mut words = gallery(Means::Words, Depth::None);
    let hung = words.hang(page(&["cat.png"]), Some(&folder.deck()), 80, 24);
    assert_eq!(text(&hung), ["above", "[image: a cat] o opens it", "below"]);
    let hung = words.hang(page(&["dog.png"]), Some(&folder.deck()), 80, 24);
    assert_eq!(text(&hung), ["above", "[image: a cat] no such file: dog.png", "below"]);

    let mut blocks = gallery(Means::Blocks, Depth::True);
    let hung = blocks.hang(page(&["cat.svg"]), Some(&folder.deck()), 80, 24);
    assert_eq!(
        text(&hung)[1],
        "[image: a cat] not a PNG, JPEG, GIF or WebP image: cat.svg; o opens it"
    );
}

#[test]
fn what_is_wrong_with_an_image_is_told_in_its_place_and_within_the_page() {
    let folder = Folder::new();
    folder.file("text.png", b"# Notes");
    folder.png("whole.png", (40, 40), [0; 3]);
    let whole = fs::read(folder.0.path().join("whole.png")).unwrap();
    folder.file("half.png", &whole[..whole.len() / 2]);
    let sources = ["text.png", "half.png", "../up.png", "https://a.b/c.png"];
    let mut gallery = gallery(Means::Kitty, Depth::True);
    let page = gallery.hang(page(&sources), Some(&folder.deck()), 30, 24);
    assert!(page.lines.iter().all(|line| line.width() <= 30));
    let text = text(&page).join(" ");
    for told in [
        "[image: a cat] not a PNG, JPEG, GIF or WebP image: text.png;",
        "[image: a cat] damaged: half.png; o opens it",
        "[image: a cat] not in the folder of the deck file: ../up.png",
        "[image: a cat] an address, and only files are shown: https://a.b/c.png",
    ] {
        assert!(text.contains(told), "{text}");
    }
}

#[test]
fn drawn_images_have_empty_lines_below_them_and_what_follows_stays_in_order() {
    let folder = Folder::new();
    folder.png("one.png", (400, 60), [0; 3]);
    folder.png("two.png", (40, 40), [0; 3]);
    for means in [Means::Kitty, Means::Iterm2, Means::Sixel] {
        let mut gallery = gallery(means, Depth::True);
        let page = gallery.hang(page(&["one.png", "two.png"]), Some(&folder.deck()), 80, 24);
        assert_eq!(text(&page), ["above", "", "", "", "below", "", "", "below"]);
        let buffer = screen(&gallery, &page, 0, (80, 24));
        let first = |y| buffer[(0, y)].symbol().to_owned();
        let begins = match means {
            Means::Kitty => "\x1b_G",
            Means::Iterm2 => "\x1b[40X",
            _ => "\x1b[40X",
        };
        assert!(first(1).starts_with(begins), "{means:?}: {:?}", first(1));
        assert!(first(5).starts_with(&begins.replace("40", "4")), "{means:?}: {:?}", first(5));
        assert_eq!((row(&buffer, 0), row(&buffer, 4)), ("above".to_owned(), "below".to_owned()));
    }
}

#[test]
fn kitty_shows_the_rows_of_an_image_that_are_on_the_screen() {
    let folder = Folder::new();
    folder.png("cat.png", (40, 100), [0; 3]);
    let mut gallery = gallery(Means::Kitty, Depth::True);
    let page = gallery.hang(page(&["cat.png"]), Some(&folder.deck()), 80, 24);
    let placeholders = |buffer: &Buffer| {
        let rows = (0..buffer.area.height).filter(|y| row(buffer, *y).contains('\u{10eeee}'));
        rows.collect::<Vec<_>>()
    };
    assert_eq!(placeholders(&screen(&gallery, &page, 0, (80, 3))), [1, 2]);
    assert_eq!(placeholders(&screen(&gallery, &page, 3, (80, 10))), [0, 1, 2]);
    assert_eq!(placeholders(&screen(&gallery, &page, 6, (80, 10))), [0_u16; 0]);
}

#[test]
fn an_image_that_cannot_be_drawn_in_part_is_words_until_all_of_it_is_on_the_screen() {
    let folder = Folder::new();
    folder.png("cat.png", (40, 100), [0; 3]);
    for means in [Means::Iterm2, Means::Sixel] {
        let mut gallery = gallery(means, Depth::True);
        let page = gallery.hang(page(&["cat.png"]), Some(&folder.deck()), 80, 24);
        assert_eq!(row(&screen(&gallery, &page, 0, (80, 4)), 1), "[image: a cat]");
        assert_eq!(row(&screen(&gallery, &page, 3, (80, 9)), 0), "[image: a cat]");
        assert!(row(&screen(&gallery, &page, 1, (80, 9)), 0).starts_with('\x1b'));
    }
}

#[test]
fn an_image_is_sent_once_while_it_stays_and_anew_when_the_terminal_was_another_s() {
    let folder = Folder::new();
    folder.png("cat.png", (40, 40), [0; 3]);
    let mut gallery = gallery(Means::Kitty, Depth::True);
    let mut is_sent = |rows, forgets: bool| {
        if forgets {
            gallery.forget();
        }
        let page = gallery.hang(page(&["cat.png"]), Some(&folder.deck()), 80, rows);
        row(&screen(&gallery, &page, 0, (80, 24)), 1).contains("\x1b_G")
    };
    assert!(is_sent(24, false));
    assert!(!is_sent(24, false));
    assert!(!is_sent(30, false), "it has the same size there");
    assert!(is_sent(24, true));
}

#[test]
fn an_image_that_was_painted_anew_is_read_anew() {
    let folder = Folder::new();
    folder.png("cat.png", (40, 40), [200, 0, 0]);
    let mut gallery = gallery(Means::Blocks, Depth::True);
    gallery.hang(page(&["cat.png"]), Some(&folder.deck()), 80, 24);
    folder.png("cat.png", (40, 40), [0, 200, 0]);
    let file = fs::File::open(folder.0.path().join("cat.png")).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    let page = gallery.hang(page(&["cat.png"]), Some(&folder.deck()), 80, 24);
    assert_eq!(page.lines[1].spans[0].style.bg, Some(Color::Rgb(0, 200, 0)));
}

#[test]
fn only_the_images_of_the_page_are_kept() {
    let folder = Folder::new();
    folder.png("one.png", (40, 40), [0; 3]);
    folder.png("two.png", (40, 40), [0; 3]);
    let mut gallery = gallery(Means::Blocks, Depth::True);
    gallery.hang(page(&["one.png", "two.png", "two.png"]), Some(&folder.deck()), 80, 24);
    assert_eq!(gallery.hung.len(), 3);
    assert!(Rc::ptr_eq(&gallery.hung[1].shown, &gallery.hung[2].shown));
    gallery.hang(page(&["two.png"]), Some(&folder.deck()), 80, 24);
    assert_eq!(gallery.hung.len(), 1);
    gallery.hang(page(&[]), Some(&folder.deck()), 80, 24);
    assert!(gallery.hung.is_empty());
}

#[test]
fn a_page_without_images_asks_nothing_of_anybody() {
    let theme = Theme { tone: Tone::Dark, depth: Depth::True };
    let cell = || panic!("nobody is to be asked");
    let mut gallery = Gallery { cell, ..Gallery::new(theme) };
    let hung = gallery.hang(page(&[]), None, 80, 24);
    assert_eq!(hung, page(&[]));
    assert_eq!(gallery.terminal, None);
}

#[test]
fn graphics_need_the_size_of_a_cell() {
    let folder = Folder::new();
    folder.png("cat.png", (40, 40), [1, 2, 3]);
    let gallery = gallery(Means::Kitty, Depth::True);
    let mut gallery = Gallery { cell: || None, ..gallery };
    let page = gallery.hang(page(&["cat.png"]), Some(&folder.deck()), 80, 24);
    assert_eq!(page.lines[1].spans[0].style.bg, Some(Color::Rgb(1, 2, 3)));
}

#[test]
fn a_page_that_is_no_longer_hung_is_not_drawn_over() {
    let folder = Folder::new();
    folder.png("cat.png", (40, 100), [0; 3]);
    let mut gallery = gallery(Means::Kitty, Depth::True);
    gallery.hang(page(&["cat.png"]), Some(&folder.deck()), 80, 24);
    let buffer = screen(&gallery, &page(&["cat.png"]), 0, (80, 24));
    assert_eq!(row(&buffer, 1), "[image: a cat]");
}

#[test]
fn what_has_not_the_name_of_an_image_is_not_opened() {
    let folder = Folder::new();
    folder.png("cat.PNG", (1, 1), [0; 3]);
    folder.png("cat.desktop", (1, 1), [0; 3]);
    let file = |source: &str| {
        let image = Image { lines: 0..1, source: source.to_owned(), alt: String::new() };
        file_of(&image, Some(&folder.deck()))
    };
    let path = folder.0.path().canonicalize().unwrap().join("cat.PNG");
    assert_eq!(file("cat.PNG"), Ok(path));
    assert_eq!(file("cat.desktop"), Err("not the name of an image: cat.desktop".to_owned()));
    assert_eq!(file("dog.png"), Err("no such file: dog.png".to_owned()));
}

#[test]
fn images_beyond_the_first_are_words() {
    let folder = Folder::new();
    folder.png("cat.png", (10, 20), [0; 3]);
    let mut gallery = gallery(Means::Blocks, Depth::True);
    let page = gallery.hang(page(&["cat.png"; MOST + 1]), Some(&folder.deck()), 80, 24);
    assert_eq!(text(&page)[2 * MOST + 1], "[image: a cat] o opens it");
}
