//! What the cache does not have is fetched, once for all who ask for it.

mod absences;
mod sources;

use std::any::Any;
use std::future::Future;
use std::mem;
use std::sync::Arc;

use polycord_types::id::{ChannelId, GuildId, MessageId, RoleId, UserId};

use self::absences::Absences;
use self::sources::Source;
use super::Cache;
use super::entry::Entry;
use super::slot::Moment;
use super::writer::Writer;
use crate::tasks::flights::{Flights, News, Seat, Turn};

pub use self::sources::FetchExt;

/// Something that can be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Subject {
    Guild(GuildId),
    Channel(ChannelId),
    Role(GuildId, RoleId),
    Member(GuildId, UserId),
    User(UserId),
    Message(ChannelId, MessageId),
}

/// What is being fetched, and what was fetched and is not there.
#[derive(Debug)]
pub(super) struct Fetches {
    flights: Flights<Subject, Landing>,
    absences: Absences,
}

/// How a fetch ended, for all who wait for it. They need not have the same type of error.
#[derive(Clone, Debug)]
enum Landing {
    Found(Arc<dyn Any + Send + Sync>),
    Absent,
    Failed(Arc<dyn Any + Send + Sync>),
}

impl Subject {
    const fn guild(self) -> Option<GuildId> {
        match self {
            Self::Guild(guild) | Self::Role(guild, _) | Self::Member(guild, _) => Some(guild),
            Self::Channel(_) | Self::User(_) | Self::Message(..) => None,
        }
    }

    /// Whether it belongs to a guild that it does not tell.
    const fn is_of_some_guild(self) -> bool {
        matches!(self, Self::Channel(_) | Self::Message(..))
    }
}

impl Fetches {
    pub(super) fn new(absence_ttl: Moment) -> Self {
        Self {
            flights: Flights::new(),
            absences: Absences::new(absence_ttl),
        }
    }

    /// Whether nobody has to be told what is heard.
    pub(super) fn is_idle(&self, now: Moment) -> bool {
        self.flights.is_empty() && self.absences.is_empty(now)
    }

    fn hear(&self, subject: &Subject, news: News) {
        self.flights.tell(subject, news);
        if news == News::Written {
            self.absences.forget(subject);
        }
    }

    fn hear_of_guild(&self, guild: GuildId, news: News) {
        let is_in_it = |subject: &Subject| subject.guild() == Some(guild);
        self.flights.tell_all(news, is_in_it);
        let may_be_in_it = |subject: &Subject| subject.is_of_some_guild();
        self.flights.tell_all(News::Written, may_be_in_it);
        self.absences
            .forget_all(|subject| is_in_it(subject) || may_be_in_it(subject));
    }
}

impl Writer<'_> {
    /// Tells whoever fetches something of a guild that it was heard of.
    pub(super) fn heard<E: Entry>(&self, guild: GuildId, key: E::Key, news: News) {
        if self.is_fetching
            && let Some(subject) = E::subject(guild, key)
        {
            self.inner.fetches.hear(&subject, news);
        }
    }

    /// Tells whoever fetches a user that they were heard of.
    pub(super) fn heard_of_user(&self, user: UserId) {
        if self.is_fetching {
            let subject = Subject::User(user);
            self.inner.fetches.hear(&subject, News::Written);
        }
    }

    /// Tells whoever fetches a message of a channel that it is gone, or cannot be seen any more.
    pub(super) fn heard_of_channel(&self, channel: ChannelId) {
        if self.is_fetching {
            let is_in_it = |it: &Subject| matches!(it, Subject::Message(of, _) if *of == channel);
            self.inner.fetches.flights.tell_all(News::Removed, is_in_it);
        }
    }

    /// Tells whoever fetches anything of a guild that all of it was heard of.
    pub(super) fn heard_of_guild(&self, guild: GuildId, news: News) {
        if self.is_fetching {
            self.inner.fetches.hear_of_guild(guild, news);
        }
    }
}

impl Landing {
    /// What it is for somebody; `None` if they cannot know what it is.
    fn answer<T, E>(self) -> Option<Result<Option<T>, Arc<E>>>
    where
        T: Clone + 'static,
        E: Send + Sync + 'static,
    {
        match self {
            Self::Found(found) => found.downcast_ref::<T>().cloned().map(|it| Ok(Some(it))),
            Self::Absent => Some(Ok(None)),
            Self::Failed(error) => error.downcast::<E>().ok().map(Err),
        }
    }
}

/// Gives what is cached, unless it is to be fetched `again`, or what `fetch` does or somebody else's.
async fn fetch_through<S, F, Fut, E>(
    cache: &Cache,
    source: S,
    again: bool,
    fetch: F,
) -> Result<Option<S::Shown>, Arc<E>>
where
    S: Source,
    F: FnOnce() -> Fut,
    Fut: Future<Output = Result<Option<S::Model>, E>>,
    E: Send + Sync + 'static,
{
    let fetches = &cache.inner.fetches;
    let subject = source.subject();
    if !again {
        if let Some(known) = source.look_up(cache) {
            return Ok(Some(known));
        }
        if fetches.absences.contains(&subject, cache.inner.now()) {
            return Ok(None);
        }
    }
    let mut any_will_do = !again;
    let seat = loop {
        let mut seat = fetches.flights.board(subject);
        let Turn::Landed(landing) = seat.turn().await else {
            break seat;
        };
        // It began before this was asked: the next did not.
        let is_old = seat.is_late() && !mem::replace(&mut any_will_do, true);
        if !is_old && let Some(answer) = landing.answer() {
            return answer;
        }
    };
    // Somebody else may have brought it between the look and the seat.
    let known = source.glance(cache).filter(|_| !again);
    let answer = match known {
        Some(known) => Ok(Some(known)),
        None => match fetch().await {
            Ok(model) => Ok(take_in(cache, &source, &seat, model)),
            Err(error) => Err(Arc::new(error)),
        },
    };
    seat.land(match &answer {
        Ok(Some(found)) => Landing::Found(Arc::new(found.clone())),
        Ok(None) => Landing::Absent,
        Err(error) => {
            let error: Arc<E> = Arc::clone(error);
            Landing::Failed(error)
        }
    });
    answer
}

/// Writes what was fetched, unless something newer was heard of it; gives what is true now.
fn take_in<S: Source>(
    cache: &Cache,
    source: &S,
    seat: &Seat<'_, Subject, Landing>,
    model: Option<S::Model>,
) -> Option<S::Shown> {
    let now = cache.inner.now();
    let mut writer = cache.writer_at(now);
    // While this is the writer nothing is heard: what is asked here still holds when it is written. An event that came
    // in before the fetch began may have been too early to be told of it, and is older than what was fetched.
    let news = seat.news();
    if news.is_none() {
        if let Some(model) = &model {
            source.insert(&mut writer, model);
        } else if writer.is_on(S::KIND) {
            source.remove(&mut writer);
            cache.inner.fetches.absences.note(source.subject(), now);
        }
    }
    let _ = writer.finish();
    if news.is_none() && model.is_none() {
        return None;
    }
    source.glance(cache).or_else(|| {
        let model = model.filter(|_| news != Some(News::Removed))?;
        Some(source.shown(cache, model))
    })
}
