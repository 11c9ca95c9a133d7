//! Charts of block characters, legible without colour. What they show their page also says in
//! numbers.

/// Lines of a column chart.
const HEIGHT: u64 = 4;

/// Characters of the longest bar.
const BAR_WIDTH: u64 = 30;

/// Blocks filled from below, by eighths.
const RISING: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Blocks filled from the left, by eighths.
const GROWING: [char; 9] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// Values side by side, `spacing` characters each, `top` being as high as it goes; what is not
/// 0 can be seen. The lines carry the axis on their left.
pub(super) fn columns(values: &[u64], top: u64, spacing: usize) -> String {
    let top = top.max(1);
    let gap = " ".repeat(spacing.saturating_sub(1));
    let label_width = top.to_string().len();
    let mut chart = String::new();
    for row in (0..HEIGHT).rev() {
        let label = if row == HEIGHT - 1 { top.to_string() } else { String::new() };
        let mut line = format!("{label:>label_width$} │");
        for &value in values {
            let eighths = eighths(value, top, HEIGHT).saturating_sub(row * 8).min(8);
            line.push(block(RISING, eighths));
            line += &gap;
        }
        chart += line.trim_end();
        chart.push('\n');
    }
    chart += &format!("{:>label_width$} └{}\n", 0, "─".repeat(values.len() * spacing));
    chart
}

/// The first character of a chart's columns, under which their labels stand.
pub(super) fn first_column(top: u64) -> usize {
    top.max(1).to_string().len() + 2
}

/// One value as a bar, `top` being as long as it goes.
pub(super) fn bar(value: u64, top: u64) -> String {
    let eighths = eighths(value, top.max(1), BAR_WIDTH);
    let full = std::iter::repeat_n('█', usize::try_from(eighths / 8).unwrap_or(0));
    let rest = (!eighths.is_multiple_of(8)).then(|| block(GROWING, eighths % 8));
    full.chain(rest).collect()
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
    usize::try_from(eighths).ok().and_then(|n| blocks.get(n).copied()).unwrap_or('█')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_0_can_be_seen() {
        insta::assert_snapshot!(columns(&[1000, 500, 1, 0, 250], 1000, 2), @"
        1000 │█
             │█
             │█ █
             │█ █ ▁   █
           0 └──────────
        ");
        assert_eq!(bar(1, 1_000_000), "▏");
        assert_eq!(bar(0, 10), "");
    }

    #[test]
    fn a_value_beyond_the_top_is_as_high_as_the_top() {
        assert_eq!(bar(u64::MAX, 3), bar(3, 3));
        assert_eq!(bar(0, 0), "");
    }
}
