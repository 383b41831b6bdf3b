//! The opcodes that tests look for in the journal.

/// A heartbeat, or the server's wish for one.
pub(crate) const HEARTBEAT: u64 = 1;
/// IDENTIFY.
pub(crate) const IDENTIFY: u64 = 2;
/// A presence update.
pub(crate) const PRESENCE: u64 = 3;
/// A voice state update.
pub(crate) const VOICE_STATE: u64 = 4;
/// RESUME.
pub(crate) const RESUME: u64 = 6;
/// The server's wish for a reconnect.
pub(crate) const RECONNECT: u64 = 7;
/// A request for guild members.
pub(crate) const MEMBERS: u64 = 8;
/// A request for soundboard sounds.
pub(crate) const SOUNDBOARD: u64 = 31;
/// A request for channel info.
pub(crate) const CHANNEL_INFO: u64 = 43;
