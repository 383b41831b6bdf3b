//! Writing.

use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

use super::lines::LineWriter;
use super::{GuildLine, Head, Line, SessionPoint, VERSION};
use crate::cache::Cache;
use crate::cache::books::Memory;
use crate::cache::data::{GuildData, Rows};
use crate::cache::entry::Entry;
use crate::cache::keeper::Policy;
use crate::cache::kind::Kind;
use crate::cache::rows::{CachedUser, UserRow};
use crate::cache::slot::Moment;
use crate::cache::tables::{ForEach, for_each};
use polycord_types::id::UserId;

/// How many rows go into a line: what is in memory at a time, twice.
const ROWS: usize = 512;

impl Cache {
    /// What the cache holds at this moment, to be written to wherever it survives the process.
    ///
    /// `sessions` tells where the sessions are whose events the cache was told: take them first, then the snapshot, so that
    /// they are not ahead of it. If the cache was told more than they say, what comes again after a resume changes
    /// nothing, and counts nothing of which the guild remembers that it was counted: of each sort the last 64.
    ///
    /// The cache goes on while the snapshot is held and written; what changes meanwhile is copied, leaf by leaf.
    #[must_use]
    pub fn snapshot(&self, sessions: impl IntoIterator<Item = SessionPoint>) -> Snapshot {
        // No writer, for as long as it takes to hold on to what is there.
        let books = self.books();
        let inner = &self.inner;
        let cells = inner.guilds.all();
        let mut guilds: Vec<_> = cells.iter().map(|cell| cell.snapshot()).collect();
        guilds.push(inner.direct.snapshot());
        let guilds = guilds.into_iter().map(|data| {
            let memory = books.memory(data.id);
            (data, memory)
        });
        Snapshot {
            sessions: sessions.into_iter().collect(),
            policies: inner.policies,
            now: inner.now(),
            current_user_id: books.current_user,
            current_user: inner.current_user.read().clone(),
            guilds: guilds.collect(),
            by_hand: books.by_hand().collect(),
            users: inner
                .users
                .each_ref()
                .map(|shelf| shelf.read().clone())
                .into(),
        }
    }
}

/// What a cache held at one moment. See [`Cache::snapshot`].
///
/// It holds no secrets: no token of a voice server is in it, and none of the bot's.
pub struct Snapshot {
    sessions: Vec<SessionPoint>,
    policies: [Policy; Kind::ALL.len()],
    now: Moment,
    current_user_id: Option<UserId>,
    current_user: Rows<(), UserRow>,
    guilds: Vec<(Arc<GuildData>, Memory)>,
    by_hand: Vec<UserId>,
    users: Vec<Rows<UserId, UserRow>>,
}

impl Snapshot {
    /// Where the sessions were whose events it holds.
    #[must_use]
    pub fn sessions(&self) -> &[SessionPoint] {
        &self.sessions
    }

    /// Writes it, buffered. Read it with [`CacheBuilder::restore`](crate::CacheBuilder::restore).
    ///
    /// Lines of JSON: large, and worth compressing on the way. It takes as long as it takes: call it where a thread may
    /// block.
    ///
    /// # Errors
    ///
    /// Those of the writer. What was written until then is refused when it is read.
    pub fn write_to(&self, to: impl Write) -> io::Result<()> {
        let mut lines = LineWriter::new(to);
        lines.write(&Head {
            polycord_cache: VERSION,
            sessions: self.sessions.clone(),
            current_user: self.current_user_id,
        })?;
        for (data, memory) in &self.guilds {
            lines.write(&Line::Guild(Box::new(GuildLine {
                id: data.id.get(),
                state: data.state,
                member_count: data.member_count,
                crowd: data.crowd.keys().collect(),
                offline: data.offline.keys().collect(),
                gaps: data.gaps.iter().map(|(id, gap)| (id, *gap)).collect(),
                unseen: data
                    .unseen
                    .iter()
                    .map(|(id, unseen)| (id, *unseen))
                    .collect(),
                memory: memory.clone(),
            })))?;
            let mut save = SaveRows {
                of: self,
                data,
                lines: &mut lines,
                result: Ok(()),
            };
            for_each(&mut save);
            save.result?;
        }
        if !self.by_hand.is_empty() {
            lines.write(&Line::ByHand(self.by_hand.clone()))?;
        }
        for rows in &self.users {
            let users = rows.iter().map(|(id, slot)| user(id, &slot.row));
            in_lines(&mut lines, &Line::Users, users)?;
        }
        if let Some(id) = self.current_user_id {
            let rows = self.current_user.values();
            let own = rows.map(|slot| user(id, &slot.row));
            in_lines(&mut lines, &Line::CurrentUser, own)?;
        }
        lines.end()
    }
}

fn user(id: UserId, row: &UserRow) -> polycord_types::user::User {
    let row = row.clone();
    CachedUser { id, row }.to_user()
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot")
            .field("sessions", &self.sessions)
            .field("guilds", &self.guilds.len())
            .finish_non_exhaustive()
    }
}

/// Writes the rows of a guild, kind by kind.
struct SaveRows<'a, W: Write> {
    of: &'a Snapshot,
    data: &'a GuildData,
    lines: &'a mut LineWriter<W>,
    result: io::Result<()>,
}

impl<W: Write> ForEach for SaveRows<'_, W> {
    fn kind<E: Entry>(&mut self) {
        if self.result.is_err() {
            return;
        }
        let policy = &self.of.policies[E::KIND as usize];
        let live = E::rows(self.data).iter();
        let live = live.filter(|(_, slot)| policy.is_live(&slot.life, self.of.now));
        let saved = live.filter_map(|(key, slot)| {
            let saved = E::save(self.data.id, key, &slot.row)?;
            Some((key, saved))
        });
        let head = Line::Rows(E::KIND.name().to_owned());
        self.result = in_lines(self.lines, &head, saved);
    }
}

/// Writes things, some in each line, every line behind a head.
fn in_lines<W: Write, T: serde::Serialize>(
    lines: &mut LineWriter<W>,
    head: &Line,
    mut things: impl Iterator<Item = T>,
) -> io::Result<()> {
    loop {
        let some: Vec<_> = things.by_ref().take(ROWS).collect();
        if some.is_empty() {
            return Ok(());
        }
        lines.write(head)?;
        lines.write(&some)?;
    }
}
