//! How tasks hear of each other, whatever runs them.

pub(crate) mod broadcast;
pub(crate) mod flights;
#[cfg(test)]
mod tests;
