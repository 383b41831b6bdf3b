//! A zlib stream whose state is let go while nobody uses it.

use std::sync::Arc;

use flate2::{Compress, FlushCompress};
use tokio::sync::OwnedSemaphorePermit;

use super::Streams;

/// How far a stream looks back.
const WINDOW: usize = 32 * 1024;
/// The header of a stream of this window, compressed fast.
const HEADER: [u8; 2] = [0x78, 0x01];

/// One stream for all messages of a connection.
///
/// The state takes some 300 KiB, which a shard that hears nothing for hours does not need: what the stream may
/// refer to is enough to go on from.
pub(crate) struct Deflater {
    state: Option<State>,
    begun: bool,
    /// The last of what was compressed.
    window: Vec<u8>,
    streams: Arc<Streams>,
}

struct State {
    stream: Compress,
    /// Whether it may stay: without a place it is for one message, or for those written with it.
    place: Option<OwnedSemaphorePermit>,
}

impl Deflater {
    /// One of those that share their states.
    pub(crate) fn new(streams: Arc<Streams>) -> Self {
        Self {
            state: None,
            begun: false,
            window: Vec::new(),
            streams,
        }
    }

    /// One message; it ends with the sync marker `00 00 ff ff`.
    pub(crate) fn message(&mut self, input: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(input.len() / 2 + 64);
        if !self.begun {
            self.begun = true;
            out.extend(HEADER);
        }
        let Self {
            state,
            window,
            streams,
            ..
        } = self;
        let state = state.get_or_insert_with(|| State::after(window, streams));
        flushed(&mut state.stream, input, &mut out);
        self.remember(input);
        out
    }

    /// Ends what has no place to stay; whether anything stays.
    pub(crate) fn settle(&mut self) -> bool {
        let stays = |state: &State| state.place.is_some();
        let stays = self.state.as_ref().is_some_and(stays);
        if !stays {
            self.rest();
        }
        stays
    }

    /// Lets the state go until the next message.
    pub(crate) fn rest(&mut self) {
        if let Some(State { stream, .. }) = self.state.take() {
            self.streams.give(stream);
        }
        self.forget_before(WINDOW);
        self.window.shrink_to_fit();
    }

    fn remember(&mut self, input: &[u8]) {
        self.window.extend_from_slice(input);
        // Not for every message: what is kept is moved.
        if self.window.len() > 2 * WINDOW {
            self.forget_before(WINDOW);
        }
    }

    fn forget_before(&mut self, last: usize) {
        let old = self.window.len().saturating_sub(last);
        self.window.drain(..old);
    }
}

impl Drop for Deflater {
    fn drop(&mut self) {
        if let Some(State { stream, .. }) = self.state.take() {
            self.streams.give(stream);
        }
    }
}

impl State {
    /// What goes on where a stream was left that has compressed this.
    fn after(window: &[u8], streams: &Streams) -> Self {
        let mut stream = streams.take();
        let last = window.len().saturating_sub(WINDOW);
        let last = window.get(last..).unwrap_or_default();
        if !last.is_empty() {
            // If it were refused, the stream would refer to nothing before: larger, and as right.
            let _ = stream.set_dictionary(last);
        }
        Self {
            stream,
            place: streams.place(),
        }
    }
}

fn flushed(stream: &mut Compress, input: &[u8], out: &mut Vec<u8>) {
    let start = stream.total_in();
    loop {
        let done = usize::try_from(stream.total_in() - start).unwrap_or(input.len());
        let rest = input.get(done..).unwrap_or_default();
        // The only failures are of parameters, which are fixed here.
        let result = stream.compress_vec(rest, out, FlushCompress::Sync);
        // Space left over means that the flush is complete.
        if result.is_err() || out.len() < out.capacity() {
            break;
        }
        out.reserve(out.capacity().max(64));
    }
}

#[cfg(test)]
mod tests {
    use flate2::{Decompress, FlushDecompress};

    use super::*;

    fn streams(places: usize) -> Arc<Streams> {
        Arc::new(Streams::with_places(places))
    }

    fn texts() -> Vec<String> {
        let mut random = fastrand::Rng::with_seed(1);
        let long: String = (0..90_000).map(|_| random.lowercase()).collect();
        let again = long[60_000..62_000].to_owned();
        let short = "{\"op\":11}".to_owned();
        [short.clone(), long, again, short.clone(), short].into()
    }

    fn reads_as(deflater: &mut Deflater, after_each: impl Fn(&mut Deflater)) -> Vec<usize> {
        let mut inflater = Decompress::new(true);
        let read = |text: &String| {
            let bytes = deflater.message(text.as_bytes());
            after_each(deflater);
            assert!(bytes.ends_with(&[0, 0, 0xff, 0xff]));
            let mut out = Vec::with_capacity(text.len() + 16);
            let sync = FlushDecompress::Sync;
            inflater.decompress_vec(&bytes, &mut out, sync).unwrap();
            assert_eq!(out, text.as_bytes());
            bytes.len()
        };
        texts().iter().map(read).collect()
    }

    #[test]
    fn a_stream_that_rested_goes_on_with_what_it_had_compressed() {
        let sizes = reads_as(&mut Deflater::new(streams(1)), Deflater::rest);
        // What was said before is referred to.
        assert!(sizes[2] < 100, "{sizes:?}");
        let awake = reads_as(&mut Deflater::new(streams(1)), |_| {});
        assert!(awake[2] < 100, "{awake:?}");
    }

    #[test]
    fn states_stay_as_long_as_there_are_places() {
        let streams = streams(1);
        let mut first = Deflater::new(Arc::clone(&streams));
        let mut second = Deflater::new(Arc::clone(&streams));
        for deflater in [&mut first, &mut second] {
            deflater.message(b"{}");
        }
        assert!(first.settle());
        assert!(!second.settle());
        assert!(second.state.is_none());
        first.rest();
        second.message(b"{}");
        assert!(second.settle());
        drop(second);
        assert!(streams.place().is_some());
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut deflater = Deflater::new(streams(1));
        for _ in 0..1_000 {
            deflater.message(&[b'x'; 1_000]);
            assert!(deflater.window.len() <= 2 * WINDOW);
        }
        deflater.rest();
        assert_eq!(deflater.window.len(), WINDOW);
        assert_eq!(deflater.window.capacity(), WINDOW);
    }
}
