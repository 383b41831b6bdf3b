#![doc = include_str!("../README.md")]

mod error;
mod header;
mod members;
mod payload;
mod skip;
mod usual;

pub use error::ScanError;
pub use header::{Header, Keys, scan};
pub use members::{Members, member, members};
pub use payload::Payload;
