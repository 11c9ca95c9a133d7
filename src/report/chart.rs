//! Charts of characters.
