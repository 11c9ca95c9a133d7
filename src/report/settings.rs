//! `kata config`: the settings in force.

use crate::report::{Cell, Column, Style, Table, Tone};
use serde::Serialize;
use serde_json::Value;

/// Every setting; the JSON of `kata config`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// In the order of the documentation.
    pub settings: Vec<SettingLine>,
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingLine {
    /// Its key; `database` and `config` are the places of the two files.
    pub setting: &'static str,
    /// Its value as in the settings' file.
    pub value: Value,
    /// `default`, `config` (the settings' file), or the flag or variable that says so.
    pub from: &'static str,
}

/// The page of `kata config`.
pub fn settings(settings: &Settings, style: Style, width: Option<usize>) -> String {
    let mut table =
        Table::new([Column::text("Setting"), Column::text("Value"), Column::text("From")]);
    for line in &settings.settings {
        let value = match &line.value {
            Value::String(text) => Cell::from(text.as_str()),
            other => Cell::from(other.to_string().as_str()),
        };
        let tone = if line.from == "default" { Tone::Dim } else { Tone::Normal };
        table.row([Cell::from(line.setting), value, Cell::toned(tone, line.from)]);
    }
    table.render(style, width)
}
