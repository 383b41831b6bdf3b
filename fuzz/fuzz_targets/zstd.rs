#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| polycord_fuzz::zstd(input));
