use flate2::{Compress, FlushCompress};
use zstd_safe::{CCtx, InBuffer, OutBuffer, zstd_sys::ZSTD_EndDirective::ZSTD_e_flush};

use super::*;

const CODECS: &[Compression] = &[
    #[cfg(feature = "zlib")]
    Compression::ZlibStream,
    #[cfg(feature = "zstd")]
    Compression::ZstdStream,
];
const LIMIT: usize = 1 << 20;

/// The server's side of a connection.
enum Server {
    Zlib(Box<Compress>),
    Zstd(CCtx<'static>),
}

impl Server {
    fn new(codec: Compression) -> Self {
        match codec {
            Compression::ZlibStream => {
                Self::Zlib(Box::new(Compress::new(flate2::Compression::fast(), true)))
            }
            _ => Self::Zstd(CCtx::create()),
        }
    }

    fn message(&mut self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(text.len() + text.len() / 8 + 1024);
        match self {
            Self::Zlib(context) => {
                context
                    .compress_vec(text.as_bytes(), &mut bytes, FlushCompress::Sync)
                    .unwrap();
                assert!(bytes.ends_with(&[0, 0, 0xFF, 0xFF]));
            }
            Self::Zstd(context) => {
                let mut source = InBuffer::around(text.as_bytes());
                let left = context
                    .compress_stream2(
                        &mut OutBuffer::around(&mut bytes),
                        &mut source,
                        ZSTD_e_flush,
                    )
                    .unwrap();
                assert_eq!(left, 0);
            }
        }
        bytes
    }
}

/// The client's side.
struct Client(Inflater);

impl Client {
    fn new(codec: Compression, limit: usize) -> Self {
        Self(Inflater::new(codec, limit).unwrap())
    }

    fn push(&mut self, frame: &[u8]) -> Result<Vec<String>, InflateError> {
        let mut messages = Vec::new();
        self.0
            .push(frame, |bytes| messages.push(text(&bytes)))
            .map(|()| messages)
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn noise(seed: u64, bytes: usize) -> String {
    let mut random = fastrand::Rng::with_seed(seed);
    let text: String = (0..bytes.saturating_sub(8))
        .map(|_| random.alphanumeric())
        .collect();
    format!("{{\"d\":\"{text}\"}}")
}

#[test]
fn each_message_comes_out_as_it_went_in() {
    for codec in CODECS {
        let (mut server, mut client) = (Server::new(*codec), Client::new(*codec, LIMIT));
        for seed in 0..300 {
            let text = noise(seed % 7, 10 + usize::try_from(seed).unwrap() * 31);
            assert_eq!(client.push(&server.message(&text)), Ok(vec![text]));
        }
    }
}

#[test]
fn nothing_is_kept_between_messages() {
    for codec in CODECS {
        let (mut server, mut client) = (Server::new(*codec), Client::new(*codec, LIMIT));
        for size in [100, 10_000, 500_000] {
            client.push(&server.message(&noise(1, size))).unwrap();
            assert_eq!(client.0.partial.capacity(), 0, "{codec:?}");
        }
        assert!(SCRATCH.take().capacity() <= KEEP);
    }
}

#[test]
fn t51_a_message_split_anywhere_comes_out_whole() {
    let texts = [noise(1, 50), noise(2, 700), noise(3, 50)];
    for codec in CODECS {
        for cut in [1, 2, 3, 5] {
            let (mut server, mut client) = (Server::new(*codec), Client::new(*codec, LIMIT));
            for text in &texts {
                let mut out = Vec::new();
                for piece in server.message(text).chunks(cut) {
                    out.extend(client.push(piece).unwrap());
                }
                assert_eq!(out, [text.as_str()], "{codec:?} in pieces of {cut}");
            }
        }
    }
}

#[test]
fn t51_many_messages_in_one_frame_come_out_one_by_one() {
    for codec in CODECS {
        let (mut server, mut client) = (Server::new(*codec), Client::new(*codec, LIMIT));
        let texts: Vec<_> = (0..20)
            .map(|n| noise(n, 10 + 97 * usize::try_from(n).unwrap()))
            .collect();
        let frame: Vec<u8> = texts.iter().flat_map(|text| server.message(text)).collect();
        assert_eq!(client.push(&frame), Ok(texts), "{codec:?}");
    }
}

#[test]
fn t51_a_frame_that_ends_one_message_and_begins_the_next_gives_both() {
    for codec in CODECS {
        let (mut server, mut client) = (Server::new(*codec), Client::new(*codec, LIMIT));
        let (first, second) = (noise(1, 300), noise(2, 300));
        let (a, b) = (server.message(&first), server.message(&second));
        assert_eq!(client.push(&a[..100]), Ok(vec![]));
        let both = [&a[100..], &b[..100]].concat();
        assert_eq!(client.push(&both), Ok(vec![first]), "{codec:?}");
        assert_eq!(client.push(&b[100..]), Ok(vec![second]), "{codec:?}");
    }
}

#[test]
fn t51_sizes_around_65536_bytes_are_exact() {
    for codec in CODECS {
        let (mut server, mut client) = (Server::new(*codec), Client::new(*codec, LIMIT));
        for size in 65_530..65_545 {
            let text = noise(size as u64, size);
            assert_eq!(client.push(&server.message(&text)), Ok(vec![text]));
        }
        // Compressed to more than that, and split there.
        let text = noise(7, 200_000);
        let mut out = Vec::new();
        for piece in server.message(&text).chunks(65_536) {
            out.extend(client.push(piece).unwrap());
        }
        assert_eq!(out, [text], "{codec:?}");
    }
}

#[test]
fn t52_a_fresh_context_knows_nothing_of_a_message_cut_off_before() {
    for codec in CODECS {
        let mut first = Client::new(*codec, LIMIT);
        let lost = Server::new(*codec).message(&noise(1, 5_000));
        assert_eq!(first.push(&lost[..lost.len() / 2]), Ok(vec![]));

        let (mut server, mut second) = (Server::new(*codec), Client::new(*codec, LIMIT));
        let text = noise(2, 5_000);
        assert_eq!(second.push(&server.message(&text)), Ok(vec![text]));
    }
}

#[test]
fn t53_corrupt_bytes_are_an_error_and_never_a_panic() {
    for codec in CODECS {
        for plain in [&b"{\"op\":10}"[..], &[0xAA; 64]] {
            let mut client = Client::new(*codec, LIMIT);
            assert_eq!(client.push(plain), Err(InflateError::Corrupt), "{codec:?}");
        }
        let bytes = Server::new(*codec).message(&noise(1, 400));
        for at in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[at] ^= 0x55;
            let _ = Inflater::new(*codec, LIMIT).unwrap().push(&bytes, drop);
        }
    }
}

#[test]
fn t53_what_inflates_to_anything_but_an_object_is_corrupt() {
    for codec in CODECS {
        for text in ["garbage", "garbage{\"op\":11}", "{\"op\":11}garbage"] {
            let frame = Server::new(*codec).message(text);
            let pushed = Client::new(*codec, LIMIT).push(&frame);
            assert_eq!(pushed, Err(InflateError::Corrupt), "{codec:?} {text}");
        }
    }
}

#[test]
fn t53_what_was_whole_before_the_damage_is_delivered() {
    for codec in CODECS {
        let (mut server, mut client) = (Server::new(*codec), Client::new(*codec, LIMIT));
        let first = noise(1, 500);
        let mut frame = server.message(&first);
        frame.extend([0xAF; 64]);
        let mut messages = Vec::new();
        let pushed = client.0.push(&frame, |bytes| messages.push(text(&bytes)));
        assert_eq!(pushed, Err(InflateError::Corrupt), "{codec:?}");
        assert_eq!(messages, [first], "{codec:?}");
    }
}

#[test]
fn t50_a_message_over_the_limit_is_refused_before_it_fills_memory() {
    for codec in CODECS {
        let bomb = format!("{{\"d\":\"{}\"}}", " ".repeat(8 << 20));
        let bomb = Server::new(*codec).message(&bomb);
        assert!(bomb.len() < LIMIT);
        let mut buffer = Vec::new();
        let mut client = Client::new(*codec, LIMIT);
        let inflated = client.0.inflate(&bomb, &mut buffer, &mut |_| ());
        assert_eq!(inflated, Err(InflateError::TooLarge { limit: LIMIT }));
        assert!(buffer.capacity() <= 2 * LIMIT, "{codec:?}");
    }
}

#[test]
fn t50_the_limit_is_exact() {
    for codec in CODECS {
        let text = noise(1, 70_000);
        let frame = Server::new(*codec).message(&text);
        let (mut fits, mut short) = (
            Client::new(*codec, text.len()),
            Client::new(*codec, text.len() - 1),
        );
        let limit = text.len() - 1;
        assert_eq!(fits.push(&frame), Ok(vec![text]), "{codec:?}");
        assert_eq!(short.push(&frame), Err(InflateError::TooLarge { limit }));
    }
}

#[test]
fn t50_many_messages_in_one_frame_share_the_limit() {
    let text = format!("{{\"d\":\"{}\"}}", " ".repeat(600_000));
    for codec in CODECS {
        let mut server = Server::new(*codec);
        let frame: Vec<u8> = (0..50).flat_map(|_| server.message(&text)).collect();
        let mut client = Client::new(*codec, LIMIT);
        let mut delivered = 0;
        let pushed = client.0.push(&frame, |_| delivered += 1);
        assert_eq!(pushed, Err(InflateError::TooLarge { limit: LIMIT }));
        assert_eq!(delivered, 1, "{codec:?}");
        // One by one they are let through.
        let (mut server, mut client) = (Server::new(*codec), Client::new(*codec, LIMIT));
        for _ in 0..50 {
            assert_eq!(
                client.push(&server.message(&text)).unwrap(),
                [text.as_str()]
            );
        }
    }
}

#[test]
fn t50_a_message_of_twenty_megabytes_is_let_through() {
    let text = format!("{{\"d\":\"{}\"}}", "ab".repeat(10 << 20));
    for codec in CODECS {
        let frame = Server::new(*codec).message(&text);
        let mut client = Client::new(*codec, crate::DEFAULT_MAX_MESSAGE_BYTES);
        assert!(client.push(&frame).unwrap() == [text.as_str()], "{codec:?}");
    }
}

#[cfg(feature = "zstd")]
#[test]
fn t50_a_window_over_8_mib_is_refused_at_its_header() {
    for (descriptor, taken) in [(13 << 3, true), (13 << 3 | 1, false), (31 << 3, false)] {
        let header = [0x28, 0xB5, 0x2F, 0xFD, 0, descriptor];
        let pushed = Client::new(Compression::ZstdStream, LIMIT).push(&header);
        let expected = if taken {
            Ok(vec![])
        } else {
            Err(InflateError::Corrupt)
        };
        assert_eq!(pushed, expected, "{descriptor}");
    }
}
