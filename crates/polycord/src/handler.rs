use std::{
    any::type_name,
    error::Error as StdError,
    future::{Future, ready},
    ptr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use polycord_gateway::SessionEvent;
use polycord_types::gateway::{Event, EventKind, RawEvent};

use crate::{
    context::Context,
    events::modelled_events,
    registry::{Occurrence, Run},
};

/// What a handler may fail with: any error, so that `?` works on all of them.
///
/// A text will do too: `return Err("no such song".into())`.
pub type HandlerError = Box<dyn StdError + Send + Sync>;

/// What a handler returns. An error is logged with the handler's name and counted in
/// [`ClientStats`](crate::ClientStats); the client goes on.
pub type HandlerResult = Result<(), HandlerError>;

macro_rules! define_handler {
    ($($method:ident, $on:ident, $variant:ident, $payload:ident, $name:literal, $anchor:literal,
        $intents:literal;)*) => {
        /// A type that handles events: implement the methods you want, the others do nothing.
        ///
        /// Write a method as an `async fn`; no macro is needed. The same handler runs for many
        /// events at once, so it takes `&self` and keeps what changes behind a lock or an atomic.
        /// [`ClientBuilder`](crate::ClientBuilder) tells in what order handlers run.
        ///
        /// An event whose method is not implemented costs next to nothing: after its first
        /// arrival it is not even decoded, unless somebody else wants it.
        ///
        /// # Examples
        ///
        /// ```
        /// use polycord::prelude::*;
        ///
        /// struct Pong;
        ///
        /// impl Handler for Pong {
        ///     async fn message_create(&self, ctx: Context, msg: Arc<MessageCreate>) -> HandlerResult {
        ///         if msg.content == "!ping" {
        ///             ctx.reply(&msg, "pong").await?;
        ///         }
        ///         Ok(())
        ///     }
        /// }
        ///
        /// let client = Client::builder("token").handler(Pong).build();
        /// ```
        pub trait Handler: Send + Sync + 'static {
            $(
                #[doc = concat!("Handles [`", $name, "`](https://docs.discord.com/developers/events/gateway-events#", $anchor, ").")]
                ///
                #[doc = concat!("Intents: ", $intents, ".")]
                fn $method(
                    &self,
                    ctx: Context,
                    event: Arc<crate::prelude::$payload>,
                ) -> impl Future<Output = HandlerResult> + Send {
                    let _ = event;
                    ctx.decline(Identity::of(self), Slot::$variant);
                    ready(Ok(()))
                }
            )*

            /// Handles an event that has no model yet, or whose payload did not decode.
            fn raw(
                &self,
                ctx: Context,
                event: Arc<RawEvent>,
            ) -> impl Future<Output = HandlerResult> + Send {
                let _ = event;
                ctx.decline(Identity::of(self), Slot::Raw);
                ready(Ok(()))
            }

            /// Handles what happens to a shard's session: lost, resumed, reconnecting.
            ///
            /// [`SessionEvent::SessionLost`] says that events may have been missed.
            fn session(
                &self,
                ctx: Context,
                event: Arc<SessionEvent>,
            ) -> impl Future<Output = HandlerResult> + Send {
                let _ = event;
                ctx.decline(Identity::of(self), Slot::Session);
                ready(Ok(()))
            }
        }

        /// A method of [`Handler`] that a type may leave out.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Slot {
            $($variant,)*
            Raw,
            Session,
        }

        impl Slot {
            const ALL: &[Self] = &[$(Self::$variant,)* Self::Raw, Self::Session];

            /// The method that takes this.
            pub(crate) fn for_occurrence(what: &Occurrence) -> Option<Self> {
                match what {
                    Occurrence::Event(Event::Raw(_)) => Some(Self::Raw),
                    Occurrence::Event(event) => Self::of(event.kind()),
                    Occurrence::Session(_) => Some(Self::Session),
                }
            }

            pub(crate) const fn of(kind: EventKind) -> Option<Self> {
                match kind {
                    $(EventKind::$variant => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl<H: Handler> ErasedHandler for H {
            fn call(self: Arc<Self>, ctx: Context, what: Occurrence) -> Run {
                match what {
                    $(Occurrence::Event(Event::$variant(event)) => {
                        Box::pin(async move { self.$method(ctx, event).await })
                    })*
                    Occurrence::Event(Event::Raw(event)) => {
                        Box::pin(async move { self.raw(ctx, event).await })
                    }
                    Occurrence::Event(_) => Box::pin(ready(Ok(()))),
                    Occurrence::Session(event) => {
                        Box::pin(async move { self.session(ctx, event).await })
                    }
                }
            }
        }
    };
}

modelled_events!(define_handler);

/// [`Handler`] in the form that can stand behind a pointer.
pub(crate) trait ErasedHandler: Send + Sync {
    fn call(self: Arc<Self>, ctx: Context, what: Occurrence) -> Run;
}

/// Which handler it is. The type is part of it, since a field may share its owner's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    address: usize,
    type_name: &'static str,
}

impl Identity {
    pub(crate) fn of<H: ?Sized>(handler: &H) -> Self {
        Self {
            address: ptr::from_ref(handler).cast::<()>().addr(),
            type_name: type_name::<H>(),
        }
    }
}

/// Remembers which methods a handler turned out not to implement.
///
/// Rust cannot tell whether a default method was overridden, so the default methods tell it
/// themselves: they decline through the context they were given. Their identity must be the owner's,
/// because a handler may hand its context on to another one.
#[derive(Debug)]
pub(crate) struct Owner {
    identity: Identity,
    declined: Vec<AtomicBool>,
}

impl Owner {
    pub(crate) fn new(identity: Identity) -> Self {
        Self {
            identity,
            declined: Slot::ALL.iter().map(|_| AtomicBool::new(false)).collect(),
        }
    }

    pub(crate) fn decline(&self, who: Identity, slot: Slot) {
        if let (true, Some(declined)) = (who == self.identity, self.declined.get(slot as usize)) {
            declined.store(true, Ordering::Relaxed);
        }
    }

    pub(crate) fn declined(&self, slot: Slot) -> bool {
        self.declined
            .get(slot as usize)
            .is_some_and(|declined| declined.load(Ordering::Relaxed))
    }
}
