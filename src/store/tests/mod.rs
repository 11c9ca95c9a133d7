//! What a store promises, on databases in memory and in files.

use super::*;
