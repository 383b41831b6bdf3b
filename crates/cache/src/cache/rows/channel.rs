//! Channels as the cache keeps them.

use std::ops::Deref;
use std::sync::Arc;

use polycord_types::{HeapSize, Text, Timestamp, channel::Channel};

/// A channel or a thread.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ChannelRow {
    pub(crate) channel: Arc<Channel>,
    /// What is going on in a voice channel. Only events of its own tell it.
    pub(crate) voice: Option<Arc<VoiceSession>>,
}

/// What is going on in a voice channel.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct VoiceSession {
    pub(crate) status: Option<Text>,
    /// In seconds of the Unix epoch.
    pub(crate) start_time: Option<i64>,
}

impl ChannelRow {
    pub(crate) const fn new(channel: Arc<Channel>) -> Self {
        let voice = None;
        Self { channel, voice }
    }

    pub(crate) fn set_voice(&mut self, voice: VoiceSession) {
        self.voice = (voice != VoiceSession::default()).then(|| Arc::new(voice));
    }

    /// What is going on there, to be changed.
    pub(crate) fn voice(&self) -> VoiceSession {
        self.voice.as_deref().cloned().unwrap_or_default()
    }
}

impl HeapSize for ChannelRow {
    fn heap_size(&self) -> usize {
        self.channel.heap_size() + self.voice.heap_size()
    }
}

impl HeapSize for VoiceSession {
    fn heap_size(&self) -> usize {
        self.status.heap_size()
    }
}

/// A channel or a thread at one moment.
///
/// The current user may not view one that is [obfuscated](Channel::is_obfuscated): then its name is none, and nothing
/// of what is in it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedChannel {
    pub(crate) row: ChannelRow,
}

impl CachedChannel {
    /// Discord's model of it, to be kept.
    #[must_use]
    pub const fn model(&self) -> &Arc<Channel> {
        &self.row.channel
    }

    /// What those who are in a voice channel say they are doing, as far as told.
    #[must_use]
    pub fn voice_status(&self) -> Option<&str> {
        self.row.voice.as_ref()?.status.as_deref()
    }

    /// Since when somebody is in a voice channel, as far as told.
    #[must_use]
    pub fn voice_start_time(&self) -> Option<Timestamp> {
        let start = self.row.voice.as_ref()?.start_time?;
        Some(Timestamp::from_seconds(start))
    }
}

impl Deref for CachedChannel {
    type Target = Channel;

    fn deref(&self) -> &Channel {
        &self.row.channel
    }
}
