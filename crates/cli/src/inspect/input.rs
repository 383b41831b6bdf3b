//! From bytes to documents: one JSON object each, however the input strings them together.

mod documents;
mod outline;
mod source;

pub(super) use self::{
    documents::{Documents, Item},
    source::Source,
};
