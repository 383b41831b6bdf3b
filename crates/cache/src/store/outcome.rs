//! What a store hands to the writer whose call made something leave.

use std::sync::Arc;

/// What a write did.
#[derive(Debug)]
#[non_exhaustive]
pub struct Inserted<K, V> {
    /// The live value that was replaced.
    pub old: Option<Arc<V>>,
    /// What left because of this write: to make room, or because it was found expired.
    pub removed: Vec<Removed<K, V>>,
}

/// An entry that left a store without being asked to.
#[derive(Debug)]
#[non_exhaustive]
pub struct Removed<K, V> {
    /// Its key.
    pub key: K,
    /// Its last value.
    pub value: Arc<V>,
    /// Why it left.
    pub by: RemovedBy,
}

/// Why an entry left a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RemovedBy {
    /// The store held its maximum number of bytes, or the entry alone takes more.
    Bytes,
    /// The store held its maximum number of entries.
    Capacity,
    /// Its time was over.
    Expiry,
}
