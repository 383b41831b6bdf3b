#![cfg_attr(feature = "discord", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "discord"), doc = include_str!("../STORE.md"))]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod store;

pub use crate::store::{
    Eviction, Evictions, Expiry, Inserted, Removed, RemovedBy, Store, StoreBuilder, StoreStats,
};
