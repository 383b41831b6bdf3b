//! The models against the documentation, field by field.
//!
//! `POLYCORD_SPEC` names the folder of the documentation's facts; without it these tests say that they are skipped,
//! and the fixtures alone are read.

mod allowed;
mod difference;
mod enums;
mod events;
mod facts;
mod findings;
mod fixtures;
mod frame;
mod full;
mod invented;
mod models;
mod mutations;
mod parts;
mod payload;
mod shapes;
mod summary;
