//! What only the writer needs to know.

mod deeds;
mod histories;
mod memory;
mod people;
mod strangers;

use std::collections::{HashMap, HashSet, VecDeque};

use polycord_types::id::{ChannelId, GuildId, ScheduledEventId, UserId};

pub(super) use self::deeds::Deed;
use self::deeds::Deeds;
pub(super) use self::histories::Hearing;
use self::histories::Histories;
pub(super) use self::memory::Memory;
use self::people::People;
use self::strangers::Strangers;
use super::deadlines::Deadlines;
use super::kind::Kind;
use super::kinds::Kinds;
use super::rows::{RecentActivities, RoleSets};
use super::snowflakes::SpreadIds;
use super::tables::Orders;
use super::tally::{Tally, table_bytes};
use super::toggles::Toggles;
use super::users;
use crate::store::Order;
use crate::table::Table;

/// How many guilds that were left are remembered.
const LEFT: usize = 256;
/// How many users stay who were written by hand and whom nothing else needs.
const BY_HAND: usize = 1_024;

/// What only the writer needs to know.
#[derive(Debug)]
pub(super) struct Books {
    pub(super) deadlines: Deadlines,
    pub(super) orders: Orders,
    pub(super) user_order: Order<UserId>,
    pub(super) current_user_order: Order<()>,
    /// How many things need each user, in as many parts as there are of the users; never zero. A guild that is shared
    /// with the user is one, and so is a channel of direct messages with them, and a cached message by them or to them.
    holders: [Table<UserId, u32>; users::SHARDS],
    /// The bytes that these take.
    holder_bytes: usize,
    pub(super) current_user: Option<UserId>,
    /// Those whom nothing needed when they were written by hand, the latest last.
    by_hand: VecDeque<UserId>,
    pub(super) recent_activities: RecentActivities,
    /// The voice channel of each guild that the current user has asked to be in.
    pub(super) expected_voice: HashMap<GuildId, Option<ChannelId>>,
    guilds: HashMap<GuildId, GuildBooks, SpreadIds>,
    /// What is in them.
    sums: Sums,
    /// The guilds left last, so that late events do not bring them back.
    left: VecDeque<GuildId>,
    /// The shards whose READY was seen, as number and total.
    pub(super) shards: HashSet<(u32, u32)>,
    /// The channels that somebody is looking at.
    pub(super) viewed: HashSet<ChannelId, SpreadIds>,
}

/// The bytes that the books of all guilds take, by what they are about.
#[derive(Debug, Default)]
struct Sums {
    members: Tally,
    messages: Tally,
    scheduled_events: Tally,
}

/// What only the writer needs to know of a guild.
#[derive(Debug)]
pub(super) struct GuildBooks {
    /// Who is connected to voice, if it matters for who is let in.
    pub(super) in_voice: People,
    /// The members known only by what they did: the event that says they joined may still come.
    pub(super) heard_of: Strangers,
    /// From whom on the crowd is looked through next.
    pub(super) look_from: UserId,
    /// The current user joined it during an outage: that is told once the guild comes.
    joined: bool,
    /// Who came and went last.
    moves: Toggles<UserId>,
    /// Who became interested in a scheduled event last, and lost interest.
    pub(super) interests: Toggles<(ScheduledEventId, UserId)>,
    pub(super) role_sets: RoleSets,
    /// What is kept of the messages of its channels.
    pub(super) histories: Histories,
    /// What users did to messages last.
    pub(super) deeds: Deeds,
}

impl GuildBooks {
    fn new(sums: &Sums) -> Self {
        let members = || sums.members.part();
        Self {
            in_voice: People::new(members()),
            heard_of: Strangers::new(members()),
            look_from: UserId::new(1),
            joined: false,
            moves: Toggles::new(members()),
            interests: Toggles::new(sums.scheduled_events.part()),
            role_sets: RoleSets::new(members()),
            histories: Histories::new(sums.messages.part()),
            deeds: Deeds::new(sums.messages.part()),
        }
    }

    pub(super) const fn join(&mut self) {
        self.joined = true;
    }

    /// Whether the current user joined the guild, and nobody was told yet.
    pub(super) fn joined(&mut self) -> bool {
        std::mem::take(&mut self.joined)
    }

    /// Notes that a member came or went; whether that is what was heard of them last.
    pub(super) fn is_repeated(&mut self, user: UserId, came: bool) -> bool {
        self.moves.is_repeated(user, came)
    }

    /// Notes that somebody came who is counted already.
    pub(super) fn remember_joined(&mut self, user: UserId) {
        self.moves.is_repeated(user, true);
    }

    /// Whether the last that was heard of a user is that they left.
    pub(super) fn has_left(&self, user: UserId) -> bool {
        self.moves.is_off(user)
    }

    /// The whole of the guild was told: what was heard before is in it. `members`, in order, are all of them if
    /// `complete`: who is not among them and left before did not come back meanwhile.
    pub(super) fn begin_anew(&mut self, members: &[UserId], complete: bool) {
        self.heard_of.replace([]);
        self.moves
            .retain(|user, came| complete && !came && members.binary_search(user).is_err());
        self.interests.clear();
    }
}

impl Default for Books {
    fn default() -> Self {
        Self {
            deadlines: Deadlines::default(),
            orders: Orders::default(),
            user_order: Order::new(),
            current_user_order: Order::new(),
            holders: std::array::from_fn(|_| Table::new()),
            holder_bytes: 0,
            current_user: None,
            by_hand: VecDeque::new(),
            recent_activities: RecentActivities::default(),
            expected_voice: HashMap::new(),
            guilds: HashMap::default(),
            sums: Sums::default(),
            left: VecDeque::new(),
            shards: HashSet::new(),
            viewed: HashSet::default(),
        }
    }
}

impl Books {
    pub(super) fn of_guild(&mut self, guild: GuildId) -> &mut GuildBooks {
        let books = self.guilds.entry(guild);
        books.or_insert_with(|| GuildBooks::new(&self.sums))
    }

    /// The kinds whose bytes beside their rows change with events that do not touch any row.
    pub(super) const BESIDE: Kinds = Kinds::of(&[Kind::Member, Kind::Presence, Kind::User]);

    /// The bytes on the heap that a kind takes beside its rows and their order.
    pub(super) fn beside(&self, kind: Kind) -> usize {
        match kind {
            Kind::Guild => table_bytes::<(GuildId, GuildBooks)>(self.guilds.capacity()),
            Kind::Member => self.sums.members.sum(),
            Kind::Message => self.sums.messages.sum(),
            Kind::ScheduledEvent => self.sums.scheduled_events.sum(),
            Kind::Typing => self.deadlines.typing_bytes(),
            Kind::Invite => self.deadlines.invite_bytes(),
            Kind::Presence => self.recent_activities.bytes(),
            Kind::User => self.holder_bytes,
            _ => 0,
        }
    }

    /// What was heard last of a guild.
    pub(super) fn memory(&self, guild: GuildId) -> Memory {
        let books = self.guilds.get(&guild);
        books.map(Memory::of).unwrap_or_default()
    }

    /// Those who stay because they were written by hand, the latest last.
    pub(super) fn by_hand(&self) -> impl Iterator<Item = UserId> {
        self.by_hand.iter().copied()
    }

    pub(super) fn enter(&mut self, guild: GuildId) {
        self.left.retain(|left| *left != guild);
    }

    pub(super) fn leave(&mut self, guild: GuildId) {
        self.enter(guild);
        if self.left.len() == LEFT {
            self.left.pop_front();
        }
        self.left.push_back(guild);
        self.guilds.remove(&guild);
        self.expected_voice.remove(&guild);
    }

    pub(super) fn has_left(&self, guild: GuildId) -> bool {
        self.left.contains(&guild)
    }

    /// Whether a user is needed, by the session or by a thing.
    pub(super) fn needs(&self, user: UserId) -> bool {
        self.current_user == Some(user) || users::part(&self.holders, user).contains(user)
    }

    /// One more thing needs a user.
    pub(super) fn hold(&mut self, user: UserId) {
        let holders = users::part_mut(&mut self.holders, user);
        let before = holders.bytes();
        match holders.get_mut(user) {
            Some(count) => *count += 1,
            None => drop(holders.insert(user, 1)),
        }
        self.holder_bytes = self.holder_bytes + holders.bytes() - before;
    }

    /// A user is needed because they were written by hand; gives one who is no more.
    pub(super) fn hold_by_hand(&mut self, user: UserId) -> Option<UserId> {
        self.hold(user);
        self.by_hand.push_back(user);
        let first = (self.by_hand.len() > BY_HAND).then(|| self.by_hand.pop_front());
        first.flatten()
    }

    /// One thing less needs a user.
    pub(super) fn release(&mut self, user: UserId) {
        let holders = users::part_mut(&mut self.holders, user);
        let before = holders.bytes();
        match holders.get_mut(user) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(holders.remove(user)),
        }
        self.holder_bytes = self.holder_bytes + holders.bytes() - before;
    }
}
