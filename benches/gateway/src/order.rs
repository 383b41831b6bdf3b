//! What the runner tells a client to do, as its arguments.

use std::{env, process};

use polycord_bench_process::stay_on_core;

use crate::encoding::Encoding;

/// A piece of work for a client.
#[derive(Clone, Debug)]
pub struct Order {
    /// The core to stay on.
    pub core: Option<usize>,
    pub encoding: Encoding,
    pub url: String,
    pub work: Work,
}

#[derive(Clone, Copy, Debug)]
pub enum Work {
    /// Take so many events, and tell the CPU time from READY to the last.
    Events { count: u64, reading: Reading },
    /// Connect a few shards, then so many more; tell the resident memory after each.
    Idle { few: u32, more: u32 },
    /// Start so many shards through the shard manager, so many of them at once; tell how long it took.
    Ready { shards: u32, concurrency: u32 },
}

/// What a client does with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Decodes it to the type of its kind.
    Typed,
    /// Takes it as it came.
    Raw,
    /// Wants it not. Twilight cannot say so, and takes it as it came.
    Unwanted,
}

impl Reading {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Typed => "typed",
            Self::Raw => "raw",
            Self::Unwanted => "unwanted",
        }
    }
}

impl Order {
    pub fn arguments(&self) -> Vec<String> {
        let core = self
            .core
            .map_or_else(|| "any".to_owned(), |core| core.to_string());
        let mut arguments = vec![core, self.encoding.to_string(), self.url.clone()];
        arguments.extend(match self.work {
            Work::Events { count, reading } => {
                ["events".into(), reading.name().into(), count.to_string()]
            }
            Work::Idle { few, more } => ["idle".into(), few.to_string(), more.to_string()],
            Work::Ready {
                shards,
                concurrency,
            } => ["ready".into(), shards.to_string(), concurrency.to_string()],
        });
        arguments
    }

    fn parse(arguments: &[String]) -> Option<Self> {
        let [core, encoding, url, work, first, second] = arguments else {
            return None;
        };
        let reading = [Reading::Typed, Reading::Raw, Reading::Unwanted]
            .into_iter()
            .find(|reading| reading.name() == first);
        let work = match work.as_str() {
            "events" => Work::Events {
                reading: reading?,
                count: second.parse().ok()?,
            },
            "idle" => Work::Idle {
                few: first.parse().ok()?,
                more: second.parse().ok()?,
            },
            "ready" => Work::Ready {
                shards: first.parse().ok()?,
                concurrency: second.parse().ok()?,
            },
            _ => return None,
        };
        Some(Self {
            core: core.parse().ok(),
            encoding: encoding.parse().ok()?,
            url: url.clone(),
            work,
        })
    }

    /// The order this process was started with; it stays on its core from here on.
    pub fn received() -> Self {
        let arguments: Vec<_> = env::args().skip(1).collect();
        let Some(order) = Self::parse(&arguments) else {
            eprintln!(
                "CORE|any plain|zlib|zstd URL \
                 (events typed|raw|unwanted COUNT | idle FEW MORE | ready SHARDS CONCURRENCY)\n\
                 Started by the binary `gateway`; by hand only for a profiler."
            );
            process::exit(2);
        };
        if let Some(core) = order.core {
            stay_on_core(core);
        }
        order
    }
}
