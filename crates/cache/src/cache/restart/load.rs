//! Reading.

use std::io::Read;

use polycord_types::{id::GuildId, user::User};

use super::lines::LineReader;
use super::{GuildLine, Head, Line, RestoreError, SessionPoint, VERSION};
use crate::Kind;
use crate::cache::apply::shard_of;
use crate::cache::books::Memory;
use crate::cache::data::DIRECT;
use crate::cache::data::GuildData;
use crate::cache::entry::Entry;
use crate::cache::tables::{ForEach, for_each};
use crate::cache::writer::Writer;
use crate::cache::{Cache, CacheBuilder, GuildState};

impl CacheBuilder {
    /// Makes a cache of what a [`Snapshot`](super::Snapshot) wrote.
    ///
    /// `sessions` are those that will be resumed, and where; see [`SessionPoint`]. Guilds of other sessions are
    /// [cold](GuildState::Cold): their next `GUILD_CREATE` tells what happened meanwhile. Kinds that are off here are left
    /// out. Lifetimes and statistics begin anew.
    ///
    /// # Errors
    ///
    /// It cannot be read, is no snapshot, is of another version or damaged, was made with other sessions, or lacks events
    /// that a session will not tell again. Then [`build`](Self::build) an empty cache instead.
    ///
    /// # Examples
    ///
    /// ```
    /// use polycord_cache::{Cache, RestoreError};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let cache = Cache::new();
    /// let mut file = Vec::new();
    /// cache.snapshot([]).write_to(&mut file)?;
    ///
    /// let again = Cache::builder().restore(&file[..], &[])?;
    /// assert_eq!(again.counts(), cache.counts());
    ///
    /// let torn = Cache::builder().restore(&file[..20], &[]);
    /// assert!(matches!(torn, Err(RestoreError::Damaged { line: 1, .. })));
    /// # Ok(())
    /// # }
    /// ```
    pub fn restore(
        &self,
        from: impl Read,
        sessions: &[SessionPoint],
    ) -> Result<Cache, RestoreError> {
        let mut lines = LineReader::new(from);
        let head = head(&mut lines)?;
        for session in sessions {
            check(session, &head.sessions)?;
        }
        let cache = self.clone().build();
        let mut writer = cache.writer_at(cache.inner.now());
        writer.quietly(true, |writer| {
            let mut load = Load {
                writer,
                sessions,
                guild: None,
            };
            load.all(&mut lines, &head)
        })?;
        drop(writer.finish());
        Ok(cache)
    }
}

fn head<R: Read>(lines: &mut LineReader<R>) -> Result<Head, RestoreError> {
    let head: serde_json::Value = lines.read()?;
    let version = head.get("polycord_cache");
    let Some(found) = version.and_then(serde_json::Value::as_u64) else {
        return Err(RestoreError::NotASnapshot);
    };
    if found != u64::from(VERSION) {
        return Err(RestoreError::Version {
            found: u32::try_from(found).unwrap_or(u32::MAX),
            known: VERSION,
        });
    }
    serde_json::from_value(head).map_err(|error| lines.damaged(error))
}

/// Whether what a snapshot holds is all that a session was told.
fn check(session: &SessionPoint, held: &[SessionPoint]) -> Result<(), RestoreError> {
    let shard = session.shard;
    let same = |held: &&SessionPoint| held.shard == shard && held.session_id == session.session_id;
    let Some(held) = held.iter().find(same) else {
        return Err(RestoreError::OtherSession { shard });
    };
    if held.sequence < session.sequence {
        return Err(RestoreError::TooOld {
            shard,
            snapshot: held.sequence,
            session: session.sequence,
        });
    }
    Ok(())
}

/// A cache that is being filled.
struct Load<'a, 'b> {
    writer: &'a mut Writer<'b>,
    sessions: &'a [SessionPoint],
    guild: Option<(GuildData, Memory)>,
}

impl Load<'_, '_> {
    fn all<R: Read>(&mut self, lines: &mut LineReader<R>, head: &Head) -> Result<(), RestoreError> {
        if let Some(user) = head.current_user {
            self.writer.be(user);
        }
        let shards = self.sessions.iter().map(|session| session.shard);
        self.writer.books.shards.extend(shards);
        while let Some(line) = lines.next()? {
            match line {
                Line::Guild(line) => {
                    self.end_guild();
                    let id = GuildId::try_from(line.id).map_err(|error| lines.damaged(error))?;
                    self.guild = Some(self.begin_guild(id, *line));
                }
                Line::Rows(kind) => self.rows(&kind, lines)?,
                Line::ByHand(users) => {
                    self.end_guild();
                    for user in users {
                        self.writer.stay(user);
                    }
                }
                Line::Users => {
                    self.end_guild();
                    for user in lines.read::<Vec<User>>()? {
                        self.writer.put_user(&user);
                    }
                }
                Line::CurrentUser => {
                    for user in lines.read::<Vec<User>>()? {
                        self.writer.put_current_user(&user);
                    }
                }
                Line::End(_) => {}
            }
        }
        self.end_guild();
        self.writer.readmit_all();
        Ok(())
    }

    fn begin_guild(&mut self, id: GuildId, line: GuildLine) -> (GuildData, Memory) {
        let goes_on = id == DIRECT
            || self.sessions.iter().any(|session| {
                let (number, total) = session.shard;
                shard_of(id, total.max(1)) == number
            });
        let state = match line.state {
            GuildState::Available if !goes_on => GuildState::Cold,
            state => state,
        };
        let mut data = GuildData::new(id, state);
        data.member_count = line.member_count;
        for user in line.offline {
            data.offline.insert(user, ());
        }
        if !self.writer.is_on(Kind::Member) {
            for user in line.crowd {
                if data.crowd.insert(user, ()).is_none() {
                    self.writer.books.hold(user);
                }
            }
        }
        for (channel, gap) in line.gaps {
            data.gaps.insert(channel, gap);
        }
        for (channel, unseen) in line.unseen {
            data.unseen.insert(channel, unseen);
        }
        (data, line.memory)
    }

    fn end_guild(&mut self) {
        if let Some((data, memory)) = self.guild.take() {
            self.writer.books.of_guild(data.id).recall(memory);
            self.writer.recall_voice(&data);
            self.writer.pin_own_member(&data);
            self.writer
                .on_whole_guild(data.id, |_, place| *place = data);
        }
    }

    fn rows<R: Read>(&mut self, kind: &str, lines: &mut LineReader<R>) -> Result<(), RestoreError> {
        let Some((data, _)) = &mut self.guild else {
            return Err(lines.damaged("rows of no guild"));
        };
        let mut load = LoadRows {
            writer: self.writer,
            data,
            kind,
            lines,
            result: None,
        };
        for_each(&mut load);
        match load.result {
            Some(result) => result,
            None => Err(lines.damaged(format_args!("a kind that is not known: {kind}"))),
        }
    }
}

/// Reads the rows of one kind.
struct LoadRows<'a, 'b, R: Read> {
    writer: &'a mut Writer<'b>,
    data: &'a mut GuildData,
    kind: &'a str,
    lines: &'a mut LineReader<R>,
    result: Option<Result<(), RestoreError>>,
}

impl<R: Read> ForEach for LoadRows<'_, '_, R> {
    fn kind<E: Entry>(&mut self) {
        if E::KIND.name() == self.kind {
            let rows = self.lines.read::<Vec<(E::Key, E::Saved)>>();
            self.result = Some(rows.map(|rows| self.put::<E>(rows)));
        }
    }
}

impl<R: Read> LoadRows<'_, '_, R> {
    fn put<E: Entry>(&mut self, rows: Vec<(E::Key, E::Saved)>) {
        let rows = rows.into_iter().filter_map(|(key, saved)| {
            let row = E::load(self.writer, self.data, key, saved)?;
            Some((key, row))
        });
        let rows: Vec<_> = rows.collect();
        self.writer.put_all::<E>(self.data, rows);
    }
}
