//! The dialects that scenarios are played on, each with the words of its model server.
//!
//! A scenario is a function over a [`Dialect`] and is played on both, unless the row has no meaning on one
//! of them. Those rows are played on Discord alone:
//!
//! | row | why not on Accord |
//! | --- | --- |
//! | T04, T07 | there is one address, and it has no query |
//! | T12, T14, T16, T64 | IDENTIFY is not rationed, so nobody is asked for a permit |
//! | T15 | "invalid session" in answer to IDENTIFY is its way to refuse a token: a row of its own |
//! | T21, T22, T23 | the codes exist, but their causes cannot be told: the generic stop is played instead |
//! | T25 | the server never asks for a heartbeat, and has no opcode for it |
//! | T31, T32, T36 | it closes with two codes, both final: the generic rows T31 and T32 play its own endings |
//! | T33 | its "invalid session" is never resumable |
//! | T54 (presences) | presence updates are not rationed |

use polycord_gateway::{Discord, Protocol};

use crate::{
    accord::{ACCORD, Accord},
    peer::{DISCORD, Words},
    rig::discord,
};

pub(crate) trait Dialect: Protocol + Sized {
    /// The address of the first connection.
    const MAIN: &'static str;
    const WORDS: Words;

    /// The client's side, with a token that is easy to find.
    fn speak() -> Self;
}

impl Dialect for Discord {
    const MAIN: &'static str = "wss://main.example/?v=10&encoding=json&compress=zlib-stream";
    const WORDS: Words = DISCORD;

    fn speak() -> Self {
        discord()
    }
}

impl Dialect for Accord {
    const MAIN: &'static str = "ws://accord.example/ws";
    const WORDS: Words = ACCORD;

    fn speak() -> Self {
        Self::new()
    }
}

/// Makes a test of each scenario on each dialect.
macro_rules! on_both_dialects {
    ($($scenario:ident),* $(,)?) => {
        mod on_discord {
            $(
                #[test]
                fn $scenario() {
                    super::$scenario::<polycord_gateway::Discord>();
                }
            )*
        }

        mod on_accord {
            $(
                #[test]
                fn $scenario() {
                    super::$scenario::<crate::accord::Accord>();
                }
            )*
        }
    };
}

pub(crate) use on_both_dialects;
