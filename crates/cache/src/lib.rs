#![cfg_attr(feature = "discord", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "discord"), doc = include_str!("../STORE.md"))]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "discord")]
mod cache;
mod store;
#[cfg(feature = "discord")]
mod sync;
#[cfg(feature = "discord")]
mod table;
#[cfg(feature = "discord")]
mod tasks;

#[cfg(feature = "discord")]
pub use crate::cache::{
    Arrival, Cache, CacheBuilder, CachedBan, CachedChannel, CachedDmChannel, CachedGuild,
    CachedMember, CachedMessage, CachedPresence, CachedReaction, CachedRole, CachedThreadMember,
    CachedUser, CachedVoiceState, Change, Changes, Counts, Delta, FetchExt, FieldChange, Gap,
    GuildState, GuildView, InGuild, Kind, Lagged, MemberApplicant, MessageApplicant,
    PresenceApplicant, ReadState, RestoreError, SessionPoint, Signal, Snapshot, Stats,
    Subscription, Ticked, UserApplicant,
};
pub use crate::store::{
    Eviction, Evictions, Expiry, Inserted, Removed, RemovedBy, Store, StoreBuilder, StoreStats,
};
