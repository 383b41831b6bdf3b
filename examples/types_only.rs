//! Only the models: parse what Discord sends, without a runtime, a socket or TLS.
//!
//! ```console
//! $ cargo run --example types_only
//! ```

fn main() {}
