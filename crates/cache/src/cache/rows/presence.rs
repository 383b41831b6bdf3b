//! Presences as the cache keeps them.

mod activities;
mod bytes;

use std::sync::Arc;

use polycord_types::{
    HeapSize,
    activity::Activity,
    id::{GuildId, UserId},
    presence::{ClientStatus, Presence, Status},
    user::PartialUser,
};

/// How many bits a status takes.
const BITS: u16 = 3;

/// A presence in as few bytes as it takes: one in three members has one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PresenceRow {
    /// The status, and behind it that of each platform.
    statuses: Statuses,
    /// The same for all guilds that are shared with the user.
    activities: Option<Arc<[u8]>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Statuses(u16);

/// Activities of presences that came last, to be shared by the guilds that each of them comes for: one event each.
#[derive(Debug, Default)]
pub(crate) struct RecentActivities {
    /// By user, as many as there are [`RECENT`](Self::RECENT).
    recent: Vec<Option<(UserId, Arc<[u8]>)>>,
    /// Where activities are packed before it is known whether they are new.
    packed: Vec<u8>,
}

impl RecentActivities {
    const RECENT: usize = 1024;

    /// What a presence tells. `known` is what is known of it.
    pub(crate) fn row(&mut self, told: &Presence, known: Option<&PresenceRow>) -> PresenceRow {
        PresenceRow {
            statuses: Statuses::new(told, known.map(|known| known.statuses)),
            activities: self.pack(told, known),
        }
    }

    /// What this takes from the heap, beside activities that presences have.
    pub(crate) const fn bytes(&self) -> usize {
        self.recent.capacity() * size_of::<Option<(UserId, Arc<[u8]>)>>() + self.packed.capacity()
    }

    fn pack(&mut self, told: &Presence, known: Option<&PresenceRow>) -> Option<Arc<[u8]>> {
        if told.activities.is_empty() {
            return None;
        }
        self.packed.clear();
        activities::write(&mut self.packed, &told.activities);
        let packed = self.packed.as_slice();
        let known = known.and_then(|known| known.activities.as_ref());
        if let Some(known) = known.filter(|known| ***known == *packed) {
            return Some(Arc::clone(known));
        }
        if self.recent.is_empty() {
            self.recent.resize(Self::RECENT, None);
        }
        let spread = told.user.id.get().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let place = usize::try_from(spread).unwrap_or_default() % Self::RECENT;
        let Some(recent) = self.recent.get_mut(place) else {
            return Some(Arc::from(packed));
        };
        match recent {
            Some((user, shared)) if *user == told.user.id && **shared == *packed => {
                Some(Arc::clone(shared))
            }
            _ => {
                let shared = Arc::from(packed);
                *recent = Some((told.user.id, Arc::clone(&shared)));
                Some(shared)
            }
        }
    }
}

impl PresenceRow {
    pub(crate) const OFFLINE: Self = Self {
        statuses: Statuses(code(&Status::Offline)),
        activities: None,
    };
}

impl Statuses {
    fn new(told: &Presence, known: Option<Self>) -> Self {
        let platforms = &told.client_status;
        // Absent, it is not known to be another.
        let absent = matches!(&told.status, Status::Unknown(status) if status.is_empty());
        let known = known
            .filter(|_| absent)
            .map(|known| known.0 & ((1 << BITS) - 1));
        let mut statuses = known.unwrap_or_else(|| code(&told.status));
        let platforms = [
            &platforms.desktop,
            &platforms.mobile,
            &platforms.web,
            &platforms.vr,
        ];
        for (place, status) in (1..).zip(platforms) {
            statuses |= status.as_ref().map_or(0, code) << (place * BITS);
        }
        Self(statuses)
    }

    /// The status of a place, if there is one.
    fn get(self, place: u16) -> Option<Status> {
        match self.0 >> (place * BITS) & ((1 << BITS) - 1) {
            0 => None,
            1 => Some(Status::Online),
            2 => Some(Status::Dnd),
            3 => Some(Status::Idle),
            4 => Some(Status::Invisible),
            5 => Some(Status::Offline),
            _ => Some(Status::default()),
        }
    }
}

/// The number of a status. One that has no name here is as good as none.
const fn code(status: &Status) -> u16 {
    match status {
        Status::Online => 1,
        Status::Dnd => 2,
        Status::Idle => 3,
        Status::Invisible => 4,
        Status::Offline => 5,
        _ => 6,
    }
}

impl HeapSize for PresenceRow {
    fn heap_size(&self) -> usize {
        self.activities.heap_size()
    }
}

/// How a user was seen in one guild at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedPresence {
    pub(crate) guild_id: GuildId,
    pub(crate) user_id: UserId,
    pub(crate) row: PresenceRow,
}

impl CachedPresence {
    /// The guild.
    #[must_use]
    pub const fn guild_id(&self) -> GuildId {
        self.guild_id
    }

    /// The user.
    #[must_use]
    pub const fn user_id(&self) -> UserId {
        self.user_id
    }

    /// Whether the user is there. A status of tomorrow is an unknown one without a name.
    #[must_use]
    pub fn status(&self) -> Status {
        self.row.statuses.get(0).unwrap_or_default()
    }

    /// Whether the user is there, on each platform.
    #[must_use]
    pub fn client_status(&self) -> ClientStatus {
        let statuses = self.row.statuses;
        ClientStatus {
            desktop: statuses.get(1),
            mobile: statuses.get(2),
            web: statuses.get(3),
            vr: statuses.get(4),
        }
    }

    /// Whether the user is doing anything.
    #[must_use]
    pub const fn has_activities(&self) -> bool {
        self.row.activities.is_some()
    }

    /// What the user is doing, without secrets. They are kept packed, and unpacked with each call.
    #[must_use]
    pub fn activities(&self) -> Vec<Activity> {
        let packed = self.row.activities.as_deref();
        packed.map(activities::read).unwrap_or_default()
    }

    /// The presence as Discord sends it, with nothing of the user but the id.
    #[must_use]
    pub fn to_presence(&self) -> Presence {
        Presence {
            user: PartialUser {
                id: self.user_id,
                username: None,
                discriminator: None,
                global_name: None,
                avatar: None,
                bot: None,
                system: None,
                mfa_enabled: None,
                banner: None,
                accent_color: None,
                locale: None,
                verified: None,
                email: None,
                flags: None,
                premium_type: None,
                public_flags: None,
                avatar_decoration_data: None,
                collectibles: None,
                primary_guild: None,
            },
            guild_id: Some(self.guild_id),
            status: self.status(),
            activities: self.activities(),
            client_status: self.client_status(),
        }
    }
}
