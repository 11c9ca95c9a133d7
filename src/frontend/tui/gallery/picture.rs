//! An image, read from its file and made ready for a screen.

use super::path::LARGEST;
use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView, ImageDecoder, ImageError, ImageReader, Limits};
use image::{Pixel, Rgb, RgbImage, RgbaImage};
use ratatui_image::errors::Errors;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use thiserror::Error;

/// The most pixels of an image that is decoded.
const MOST_PIXELS: u64 = 40_000_000;

/// The most memory that decoding may take, in bytes.
const MOST_MEMORY: u64 = 256 << 20;

/// The most pixels that are kept: as many as a large screen has in its upper half.
const KEPT_PIXELS: u64 = 4_000_000;

/// Why an image cannot be shown. Each is a sentence for a screen.
#[derive(Debug, Error)]
pub(super) enum Fault {
    /// The system says no.
    #[error("not to be read: {0}")]
    Unreadable(#[from] io::Error),
    /// By its content. What a file's name says does not matter.
    #[error("not a PNG, JPEG, GIF or WebP image")]
    Unknown,
    /// Cut off, or broken otherwise.
    #[error("damaged")]
    Damaged,
    /// It has over [`MOST_PIXELS`].
    #[error("too large to show here: {0} × {1}")]
    Vast(u32, u32),
    /// It needs over [`MOST_MEMORY`].
    #[error("too much memory needed to show it here")]
    Memory,
    /// It cannot be made ready for this terminal.
    #[error("not to be shown here: {0}")]
    Unfit(#[from] Errors),
}

/// An image without transparency, the right way up.
#[derive(Debug)]
pub(super) struct Picture {
    /// How many pixels it has in its file, wide and high.
    pub(super) natural: (u32, u32),
    /// Its pixels, fewer if there are many.
    pub(super) pixels: RgbImage,
}

impl Picture {
    /// Reads an image; of an animation the first frame.
    ///
    /// # Errors
    /// If the file holds no image, or one that is too much.
    pub(super) fn read(file: &Path) -> Result<Self, Fault> {
        let file = File::open(file)?;
        let mut bytes = Vec::new();
        // A file may grow while it is read.
        file.take(LARGEST).read_to_end(&mut bytes)?;
        Self::decode(&bytes)
    }

    fn decode(bytes: &[u8]) -> Result<Self, Fault> {
        let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
        let mut limits = Limits::no_limits();
        limits.max_alloc = Some(MOST_MEMORY);
        reader.limits(limits.clone());
        let mut decoder = reader.into_decoder().map_err(fault)?;
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(Fault::Vast(width, height));
        }
        if width == 0 || height == 0 {
            return Err(Fault::Damaged);
        }
        limits.reserve(decoder.total_bytes()).map_err(fault)?;
        let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let mut image = fewer_pixels(DynamicImage::from_decoder(decoder).map_err(fault)?);
        image.apply_orientation(turn);
        let natural = if is_sideways(turn) { (height, width) } else { (width, height) };
        let pixels = match image.color().has_alpha() {
            true => on_paper(&image.into_rgba8()),
            false => image.into_rgb8(),
        };
        Ok(Picture { natural, pixels })
    }
}

fn fault(error: ImageError) -> Fault {
    match error {
        ImageError::Unsupported(_) => Fault::Unknown,
        ImageError::Limits(_) => Fault::Memory,
        _ => Fault::Damaged,
    }
}

fn is_sideways(turn: Orientation) -> bool {
    matches!(
        turn,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

fn fewer_pixels(image: DynamicImage) -> DynamicImage {
    let (width, height) = image.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels <= KEPT_PIXELS {
        return image;
    }
    let by = (KEPT_PIXELS as f64 / pixels as f64).sqrt();
    let fewer = |side: u32| ((f64::from(side) * by) as u32).max(1);
    image.thumbnail_exact(fewer(width), fewer(height))
}

/// Puts something behind what is transparent: black behind light ink, white behind dark, for a
/// drawing without a background was made for the one on which it can be seen.
fn on_paper(image: &RgbaImage) -> RgbImage {
    let (ink, seen) = image.pixels().fold((0_u64, 0_u64), |(ink, seen), pixel| {
        let alpha = u64::from(pixel[3]);
        (ink + alpha * u64::from(pixel.to_luma()[0]), seen + alpha)
    });
    let paper = if ink > seen * 127 { 0_u32 } else { 255 };
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [r, g, b, alpha] = image.get_pixel(x, y).0;
        let alpha = u32::from(alpha);
        Rgb([r, g, b].map(|c| {
            let mixed = (u32::from(c) * alpha + paper * (255 - alpha)) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, Rgba};

    fn bytes(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Vec::new();
        image.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
        bytes
    }

    fn red(width: u32, height: u32) -> DynamicImage {
        RgbImage::from_pixel(width, height, Rgb([250, 0, 0])).into()
    }

    /// A PNG whose header is right and whose pixels are few.
    fn png_that_claims(width: u32, height: u32) -> Vec<u8> {
        let mut png = bytes(&red(2, 2), ImageFormat::Png);
        png[16..20].copy_from_slice(&width.to_be_bytes());
        png[20..24].copy_from_slice(&height.to_be_bytes());
        let crc = crc32(&png[12..29]);
        png[29..33].copy_from_slice(&crc.to_be_bytes());
        png
    }

    /// As in the PNG specification, annex D.
    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |c, _| match c & 1 {
                1 => 0xedb8_8320 ^ (c >> 1),
                _ => c >> 1,
            })
        })
    }

    #[test]
    fn what_it_is_is_seen_from_its_content() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
            let picture = Picture::decode(&bytes(&red(30, 20), format)).unwrap();
            assert_eq!(picture.natural, (30, 20));
            let pixel = picture.pixels.get_pixel(15, 10).0;
            assert!(pixel[0] > 240 && pixel[1] < 10, "{format:?}: {pixel:?}");
        }
        for bytes in [&b"# Just text"[..], b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"BM"]
        {
            let fault = Picture::decode(bytes).unwrap_err();
            assert_eq!(fault.to_string(), "not a PNG, JPEG, GIF or WebP image");
        }
    }

    #[test]
    fn an_image_of_too_many_pixels_is_refused_before_they_are_read() {
        let fault = Picture::decode(&png_that_claims(10_000, 10_000)).unwrap_err();
        assert_eq!(fault.to_string(), "too large to show here: 10000 × 10000");
    }

    #[test]
    fn an_image_that_is_cut_off_is_damaged_and_no_panic() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
            let whole = bytes(&red(64, 64), format);
            for length in 0..whole.len() {
                // Some decoders give what is there: that is as good.
                if let Err(fault) = Picture::decode(&whole[..length]) {
                    assert!(matches!(fault, Fault::Damaged | Fault::Unknown), "{fault:?}");
                }
            }
        }
        let claimed = Picture::decode(&png_that_claims(3_000, 3_000));
        assert!(matches!(claimed, Err(Fault::Damaged)), "{claimed:?}");
    }

    #[test]
    fn bytes_that_were_changed_are_no_panic() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
            let whole = bytes(&red(16, 16), format);
            for at in 0..whole.len() {
                let mut changed = whole.clone();
                changed[at] ^= 0x15;
                let _ = Picture::decode(&changed);
            }
        }
    }

    #[test]
    fn of_many_pixels_fewer_are_kept_in_the_same_shape() {
        let (width, height) = fewer_pixels(red(4_000, 2_000)).dimensions();
        assert!(u64::from(width * height) <= KEPT_PIXELS);
        assert!(width * height > 3_900_000 && width.abs_diff(2 * height) < 3);
        assert_eq!(fewer_pixels(red(2_000, 2_000)).dimensions(), (2_000, 2_000));
    }

    #[test]
    fn ink_on_nothing_can_be_seen() {
        let paper = |ink: [u8; 3]| {
            let mut drawing = RgbaImage::new(2, 1);
            drawing.put_pixel(0, 0, Rgba([ink[0], ink[1], ink[2], 255]));
            let picture = Picture::decode(&bytes(&drawing.into(), ImageFormat::Png)).unwrap();
            assert_eq!(picture.pixels.get_pixel(0, 0).0, ink);
            picture.pixels.get_pixel(1, 0).0
        };
        assert_eq!(paper([10, 10, 60]), [255; 3]);
        assert_eq!(paper([240, 240, 200]), [0; 3]);
    }

    #[test]
    fn a_photograph_is_turned_the_right_way_up() {
        let mut photograph = RgbImage::from_pixel(32, 16, Rgb([0, 0, 0]));
        for (x, _, pixel) in photograph.enumerate_pixels_mut() {
            pixel[0] = if x < 16 { 255 } else { 0 };
        }
        let jpeg = bytes(&photograph.into(), ImageFormat::Jpeg);
        // An APP1 segment with nothing but an orientation: 6, to be turned right by a quarter.
        let exif = b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let turned = [&jpeg[..2], &exif[..], &jpeg[2..]].concat();
        let picture = Picture::decode(&turned).unwrap();
        assert_eq!(picture.natural, (16, 32));
        assert!(picture.pixels.get_pixel(8, 4)[0] > 240);
        assert!(picture.pixels.get_pixel(8, 28)[0] < 15);
    }
}
