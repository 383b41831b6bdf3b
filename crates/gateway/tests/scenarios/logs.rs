//! What is logged, searched for the token.

use std::{
    io,
    sync::{
        Once,
        atomic::{AtomicBool, Ordering},
    },
};

/// The token of every scenario.
pub(crate) const TOKEN: &str = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.verysecretpartofthetoken";

static LEAKED: AtomicBool = AtomicBool::new(false);

/// Searches everything that is logged from here on in this process, at every level.
///
/// The records of the websocket library stay out, since the server's half logs what it reads in this
/// process, too; `tests/token_leak.rs` looks at those.
pub(crate) fn search() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(|| Searched)
            .finish();
        tracing::subscriber::set_global_default(subscriber).unwrap();
    });
}

/// Whether the token was seen.
pub(crate) fn leaked() -> bool {
    LEAKED.load(Ordering::Relaxed)
}

struct Searched;

impl io::Write for Searched {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if holds_token(&String::from_utf8_lossy(line)) {
            LEAKED.store(true, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether the token can be read in a text.
pub(crate) fn holds_token(text: &str) -> bool {
    let secret = TOKEN.rsplit('.').next().unwrap();
    text.contains(secret)
}

#[test]
fn a_token_in_a_line_is_found() {
    assert!(holds_token(&format!("token={TOKEN}")));
    assert!(!holds_token("token=***"));
}
