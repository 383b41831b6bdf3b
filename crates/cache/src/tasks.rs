//! How tasks hear of each other, whatever runs them.

pub(crate) mod broadcast;
#[cfg(test)]
mod tests;
