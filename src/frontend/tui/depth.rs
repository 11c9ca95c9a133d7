//! Colours of 24 bits on terminals that have fewer.

use crate::frontend::Depth;
use ratatui::style::Color;

type Rgb = [u8; 3];

/// What a terminal of this depth has for a colour: the nearest one that it knows.
pub(super) fn shown(colour: Color, depth: Depth) -> Color {
    match (depth, colour) {
        (Depth::None, _) => Color::Reset,
        (Depth::Many, Color::Rgb(r, g, b)) => Color::Indexed(of_256([r, g, b])),
        (Depth::Sixteen, Color::Rgb(r, g, b)) => of_16([r, g, b]),
        _ => colour,
    }
}

/// The nearest of xterm's cube of 6 × 6 × 6 colours (from 16 on) and its 24 greys (from 232 on).
/// The steps are those of `256colres.pl` in xterm's sources. The sixteen below are left out, for
/// nobody knows what their owner made of them.
fn of_256(colour: Rgb) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let step = colour.map(|c| match c {
        0..48 => 0,
        48..115 => 1,
        _ => (c - 35) / 40,
    });
    let in_cube = step.map(|s| STEPS[usize::from(s)]);
    let mean = colour.iter().map(|c| u16::from(*c)).sum::<u16>() / 3;
    let grey = u8::try_from((mean.saturating_sub(3) / 10).min(23)).unwrap_or(23);
    let of_greys = [8 + 10 * grey; 3];
    if distance(colour, of_greys) < distance(colour, in_cube) {
        232 + grey
    } else {
        16 + 36 * step[0] + 6 * step[1] + step[2]
    }
}

/// The nearest of the sixteen, by the values that xterm gives them.
fn of_16(colour: Rgb) -> Color {
    const SIXTEEN: [(Color, Rgb); 16] = [
        (Color::Black, [0, 0, 0]),
        (Color::Red, [205, 0, 0]),
        (Color::Green, [0, 205, 0]),
        (Color::Yellow, [205, 205, 0]),
        (Color::Blue, [0, 0, 238]),
        (Color::Magenta, [205, 0, 205]),
        (Color::Cyan, [0, 205, 205]),
        (Color::Gray, [229, 229, 229]),
        (Color::DarkGray, [127, 127, 127]),
        (Color::LightRed, [255, 0, 0]),
        (Color::LightGreen, [0, 255, 0]),
        (Color::LightYellow, [255, 255, 0]),
        (Color::LightBlue, [92, 92, 255]),
        (Color::LightMagenta, [255, 0, 255]),
        (Color::LightCyan, [0, 255, 255]),
        (Color::White, [255, 255, 255]),
    ];
    let nearest = SIXTEEN.iter().min_by_key(|(_, value)| distance(colour, *value));
    nearest.map_or(Color::Reset, |(name, _)| *name)
}

/// The square of how far two colours are apart.
fn distance(one: Rgb, other: Rgb) -> u32 {
    one.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many(r: u8, g: u8, b: u8) -> u8 {
        match shown(Color::Rgb(r, g, b), Depth::Many) {
            Color::Indexed(index) => index,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_colour_of_the_256_is_itself() {
        assert_eq!(many(0, 0, 0), 16);
        assert_eq!(many(255, 255, 255), 231);
        assert_eq!(many(95, 135, 175), 67);
        assert_eq!(many(255, 135, 0), 208);
        assert_eq!(many(8, 8, 8), 232);
        assert_eq!(many(238, 238, 238), 255);
    }

    #[test]
    fn another_is_its_nearest_of_the_256() {
        assert_eq!(many(250, 130, 5), 208);
        assert_eq!(many(100, 100, 101), 241);
        // By the steps' own distances, not by the formula that finds them.
        for (r, g, b) in [(47, 48, 49), (114, 115, 116), (1, 200, 77), (243, 243, 246)] {
            let value = |i: u8| match i {
                232.. => [8 + 10 * (i - 232); 3],
                _ => [(i - 16) / 36, (i - 16) / 6 % 6, (i - 16) % 6]
                    .map(|s| [0, 95, 135, 175, 215, 255][usize::from(s)]),
            };
            let nearest = (16..=255).map(|i| distance([r, g, b], value(i))).min();
            assert_eq!(Some(distance([r, g, b], value(many(r, g, b)))), nearest);
        }
    }

    #[test]
    fn of_sixteen_the_nearest_by_name() {
        assert_eq!(shown(Color::Rgb(250, 10, 10), Depth::Sixteen), Color::LightRed);
        assert_eq!(shown(Color::Rgb(120, 130, 125), Depth::Sixteen), Color::DarkGray);
        assert_eq!(shown(Color::Rgb(0, 0, 200), Depth::Sixteen), Color::Blue);
    }

    #[test]
    fn all_bits_stay_where_they_are_told_apart_and_none_where_no_colour_is() {
        let colour = Color::Rgb(1, 2, 3);
        assert_eq!(shown(colour, Depth::True), colour);
        assert_eq!(shown(colour, Depth::None), Color::Reset);
        assert_eq!(shown(Color::Cyan, Depth::Many), Color::Cyan);
    }
}
