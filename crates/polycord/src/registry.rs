//! Who wants which event, and how to run them. Built once, then only read.

use std::{
    any::type_name,
    future::{Future, ready},
    panic::Location,
    pin::Pin,
    sync::Arc,
};

use polycord_gateway::{Dispatch, SessionEvent};
use polycord_types::{
    gateway::{Event, EventKind, RawEvent},
    interaction::{Interaction, InteractionData, InteractionType},
};

use crate::{
    context::Context,
    handler::{ErasedHandler, Handler, HandlerResult, Identity, Owner, Slot},
    panics::caught_call,
};

/// A handler run, ready to be polled.
pub(crate) type Run = Pin<Box<dyn Future<Output = HandlerResult> + Send>>;

/// Something that handlers are told.
#[derive(Clone, Debug)]
pub(crate) enum Occurrence {
    Event(Event),
    Session(Arc<SessionEvent>),
}

/// One handler: a closure, a command, or a [`Handler`].
pub(crate) struct Entry {
    pub(crate) name: String,
    interest: Interest,
    target: Target,
}

enum Interest {
    /// Calls of one slash command.
    Command(String),
    /// Every kind of event.
    Every,
    /// What the handler has not declined.
    Implemented(Arc<Owner>),
    /// One kind of event.
    Kind(EventKind),
    /// Events without a model.
    Raw,
    /// What happens to sessions, and no event.
    Session,
}

/// Gives `None` for what it is not for.
type Closure = dyn Fn(Context, &Occurrence) -> Option<Run> + Send + Sync;

enum Target {
    Closure(Box<Closure>),
    Handler(Arc<dyn ErasedHandler>),
}

impl Entry {
    pub(crate) fn on_kind(
        method: &str,
        place: &Location<'_>,
        kind: EventKind,
        run: impl Fn(Context, &Occurrence) -> Option<Run> + Send + Sync + 'static,
    ) -> Self {
        Self::closure(method, place, Interest::Kind(kind), run)
    }

    pub(crate) fn command<F, Fut>(name: &str, place: &Location<'_>, f: F) -> Self
    where
        F: Fn(Context, Arc<Interaction>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult> + Send + 'static,
    {
        let interest = Interest::Command(name.to_owned());
        Self::closure(
            &format!("/{name}"),
            place,
            interest,
            move |ctx, what| match what {
                Occurrence::Event(Event::InteractionCreate(event)) => {
                    Some(Box::pin(f(ctx, Arc::clone(event))))
                }
                _ => None,
            },
        )
    }

    pub(crate) fn on_event<F, Fut>(place: &Location<'_>, f: F) -> Self
    where
        F: Fn(Context, Event) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult> + Send + 'static,
    {
        Self::closure(
            "on_event",
            place,
            Interest::Every,
            move |ctx, what| match what {
                Occurrence::Event(event) => Some(Box::pin(f(ctx, event.clone()))),
                Occurrence::Session(_) => None,
            },
        )
    }

    pub(crate) fn on_raw<F, Fut>(place: &Location<'_>, f: F) -> Self
    where
        F: Fn(Context, Arc<RawEvent>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult> + Send + 'static,
    {
        Self::closure(
            "on_raw",
            place,
            Interest::Raw,
            move |ctx, what| match what {
                Occurrence::Event(Event::Raw(event)) => Some(Box::pin(f(ctx, Arc::clone(event)))),
                _ => None,
            },
        )
    }

    pub(crate) fn on_session<F, Fut>(place: &Location<'_>, f: F) -> Self
    where
        F: Fn(Context, Arc<SessionEvent>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult> + Send + 'static,
    {
        Self::closure(
            "on_session",
            place,
            Interest::Session,
            move |ctx, what| match what {
                Occurrence::Session(event) => Some(Box::pin(f(ctx, Arc::clone(event)))),
                Occurrence::Event(_) => None,
            },
        )
    }

    pub(crate) fn handler<H: Handler>(handler: H) -> Self {
        let handler = Arc::new(handler);
        Self {
            name: type_name::<H>().to_owned(),
            interest: Interest::Implemented(Arc::new(Owner::new(Identity::of(&*handler)))),
            target: Target::Handler(handler),
        }
    }

    fn closure(
        method: &str,
        place: &Location<'_>,
        interest: Interest,
        run: impl Fn(Context, &Occurrence) -> Option<Run> + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: format!("{method} at {}:{}", place.file(), place.line()),
            interest,
            target: Target::Closure(Box::new(run)),
        }
    }

    /// Whether events of this kind should be decoded for this handler.
    fn wants(&self, kind: EventKind) -> bool {
        match &self.interest {
            Interest::Command(_) => kind == EventKind::InteractionCreate,
            Interest::Every => true,
            Interest::Implemented(owner) => !owner.declined(Slot::of(kind).unwrap_or(Slot::Raw)),
            Interest::Kind(wanted) => *wanted == kind,
            Interest::Raw => Slot::of(kind).is_none(),
            Interest::Session => false,
        }
    }

    /// Whether this very thing is for this handler.
    fn is_for(&self, what: &Occurrence) -> bool {
        match (&self.interest, what) {
            (Interest::Command(name), Occurrence::Event(Event::InteractionCreate(event))) => {
                called(event) == Some(name)
            }
            (Interest::Every, Occurrence::Event(_))
            | (Interest::Raw, Occurrence::Event(Event::Raw(_)))
            | (Interest::Session, Occurrence::Session(_)) => true,
            (Interest::Implemented(owner), what) => {
                Slot::for_occurrence(what).is_some_and(|slot| !owner.declined(slot))
            }
            (Interest::Kind(_), Occurrence::Event(Event::Raw(_))) => false,
            (Interest::Kind(kind), Occurrence::Event(event)) => event.kind() == *kind,
            _ => false,
        }
    }

    pub(crate) fn is_command(&self) -> bool {
        matches!(self.interest, Interest::Command(_))
    }

    /// Whether the handler turned out to do nothing with it.
    pub(crate) fn declined(&self, what: &Occurrence) -> bool {
        match &self.interest {
            Interest::Implemented(owner) => {
                Slot::for_occurrence(what).is_some_and(|slot| owner.declined(slot))
            }
            _ => false,
        }
    }

    /// Calls the handler.
    pub(crate) fn run(&self, ctx: Context, what: &Occurrence) -> Run {
        match &self.target {
            Target::Closure(run) => run(ctx, what).unwrap_or_else(|| Box::pin(ready(Ok(())))),
            Target::Handler(handler) => {
                let ctx = match &self.interest {
                    Interest::Implemented(owner) => ctx.owned_by(Arc::clone(owner)),
                    _ => ctx,
                };
                Arc::clone(handler).call(ctx, what.clone())
            }
        }
    }
}

/// The slash command that an interaction calls.
fn called(interaction: &Interaction) -> Option<&str> {
    // Others carry a command's data too, such as those that ask for proposals while a user types.
    if interaction.kind != InteractionType::ApplicationCommand {
        return None;
    }
    match &interaction.data {
        Some(InteractionData::Command(data)) => Some(data.name.as_str()),
        _ => None,
    }
}

type Observer = dyn Fn(&Dispatch) + Send + Sync;

/// All handlers of a client, in the order in which they were given.
#[derive(Default)]
pub(crate) struct Registry {
    entries: Vec<Arc<Entry>>,
    observers: Vec<Box<Observer>>,
}

impl Registry {
    pub(crate) fn add(&mut self, entry: Entry) {
        self.entries.push(Arc::new(entry));
    }

    pub(crate) fn add_observer(&mut self, observer: impl Fn(&Dispatch) + Send + Sync + 'static) {
        self.observers.push(Box::new(observer));
    }

    /// Shows a dispatch to those who look at all of them, and gives the messages of their panics.
    pub(crate) fn show(&self, dispatch: &Dispatch) -> impl Iterator<Item = String> {
        self.observers
            .iter()
            .filter_map(|observer| caught_call(|| observer(dispatch)).err())
    }

    /// Whether any handler wants events of this kind decoded.
    pub(crate) fn wants(&self, kind: EventKind) -> bool {
        self.entries.iter().any(|entry| entry.wants(kind))
    }

    /// The handlers that this is for.
    pub(crate) fn of<'a>(&'a self, what: &'a Occurrence) -> impl Iterator<Item = &'a Arc<Entry>> {
        self.entries.iter().filter(move |entry| entry.is_for(what))
    }

    /// Closures that wait for one kind of event, with that kind.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (&str, EventKind)> {
        self.entries
            .iter()
            .filter_map(|entry| match entry.interest {
                Interest::Kind(kind) => Some((entry.name.as_str(), kind)),
                _ => None,
            })
    }
}
