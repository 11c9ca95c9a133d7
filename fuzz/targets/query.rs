#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kata::promises::query(bytes));
