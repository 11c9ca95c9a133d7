//! Charts of characters, legible without colour. What they show their page also says in numbers.

use crate::report::Ink;

/// Characters of the longest bar.
const BAR_WIDTH: u64 = 30;

/// Filled from below, by eighths.
const RISING: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Filled from the left, by eighths.
const GROWING: [char; 9] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// Both, where there are no blocks.
const ASCII: [char; 9] = [' ', '.', '.', '.', ':', ':', ':', ':', '#'];

/// Values side by side as columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns<'a> {
    /// What is not 0 can be seen.
    pub(super) values: &'a [u64],
    /// The value that is as high as the chart.
    pub(super) top: u64,
    /// Characters from one column to the next.
    pub(super) spacing: usize,
    /// Lines of the highest column.
    pub(super) height: u64,
}

impl Columns<'_> {
    /// The columns as lines, with the axis on their left.
    pub(super) fn draw(&self, ink: Ink) -> String {
        let top = self.top.max(1);
        let gap = " ".repeat(self.spacing.saturating_sub(1));
        let label_width = top.to_string().len();
        let (blocks, axis) = match ink {
            Ink::Blocks => (RISING, '│'),
            Ink::Ascii | Ink::Numbers => (ASCII, '|'),
        };
        let mut chart = String::new();
        for row in (0..self.height).rev() {
            let label = if row == self.height - 1 { top.to_string() } else { String::new() };
            let mut line = format!("{label:>label_width$} {axis}");
            for &value in self.values {
                let eighths = eighths(value, top, self.height).saturating_sub(row * 8).min(8);
                line.push(block(blocks, eighths));
                line += &gap;
            }
            chart += line.trim_end();
            chart.push('\n');
        }
        chart
    }

    /// The line they stand on.
    pub(super) fn base(&self, ink: Ink) -> String {
        let label_width = self.top.max(1).to_string().len();
        let (corner, line) = match ink {
            Ink::Blocks => ("└", "─"),
            Ink::Ascii | Ink::Numbers => ("+", "-"),
        };
        let line = line.repeat(self.values.len() * self.spacing);
        format!("{:>label_width$} {corner}{line}\n", 0)
    }

    /// The first character of the columns, under which their labels stand.
    pub(super) fn first(&self) -> usize {
        self.top.max(1).to_string().len() + 2
    }
}

/// One value as a bar, `top` being as long as it goes.
pub(super) fn bar(value: u64, top: u64, ink: Ink) -> String {
    let eighths = eighths(value, top.max(1), BAR_WIDTH);
    let whole = usize::try_from(eighths / 8).unwrap_or(0);
    match ink {
        Ink::Numbers => String::new(),
        Ink::Ascii => "#".repeat(usize::try_from(eighths.div_ceil(8)).unwrap_or(0)),
        Ink::Blocks => {
            let rest = (!eighths.is_multiple_of(8)).then(|| block(GROWING, eighths % 8));
            std::iter::repeat_n('█', whole).chain(rest).collect()
        }
    }
}

/// How many eighths of `size` blocks a value fills: at least one, unless it is 0.
fn eighths(value: u64, top: u64, size: u64) -> u64 {
    let whole = size * 8;
    (u128::from(value.min(top)) * u128::from(whole))
        .div_ceil(u128::from(top))
        .try_into()
        .unwrap_or(whole)
}

fn block(blocks: [char; 9], eighths: u64) -> char {
    usize::try_from(eighths).ok().and_then(|n| blocks.get(n).copied()).unwrap_or(blocks[8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_0_can_be_seen() {
        let values = &[1000, 500, 1, 0, 250];
        let columns = Columns { values, top: 1000, spacing: 2, height: 4 };
        insta::assert_snapshot!(columns.draw(Ink::Blocks) + &columns.base(Ink::Blocks), @"
        1000 │█
             │█
             │█ █
             │█ █ ▁   █
           0 └──────────
        ");
        insta::assert_snapshot!(columns.draw(Ink::Ascii) + &columns.base(Ink::Ascii), @"
        1000 |#
             |#
             |# #
             |# # .   #
           0 +----------
        ");
        assert_eq!(bar(1, 1_000_000, Ink::Blocks), "▏");
        assert_eq!(bar(1, 1_000_000, Ink::Ascii), "#");
        assert_eq!(bar(0, 10, Ink::Blocks), "");
    }

    #[test]
    fn a_value_beyond_the_top_is_as_high_as_the_top() {
        assert_eq!(bar(u64::MAX, 3, Ink::Blocks), bar(3, 3, Ink::Blocks));
        assert_eq!(bar(0, 0, Ink::Blocks), "");
    }
}
