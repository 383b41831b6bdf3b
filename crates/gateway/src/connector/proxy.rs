//! An HTTP proxy that tunnels to the gateway (RFC 9110, section 9.3.6).

use std::{fmt, io};

use data_encoding::BASE64;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tracing::debug;

use crate::Target;

/// How long the head of a proxy's answer may be.
const MAX_HEAD: usize = 8 * 1024;

/// Where a proxy is, and who we are there. Its `Debug` and its errors show no credentials.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Proxy {
    pub(super) host: String,
    pub(super) port: u16,
    /// The value of the header `Proxy-Authorization`.
    authorization: Option<String>,
}

impl Proxy {
    /// Reads `http://user:password@host:port`.
    ///
    /// # Errors
    /// One clause that says what is wrong, without the text, which may hold a password.
    pub(crate) fn parse(url: &str) -> Result<Self, String> {
        let Some((scheme, rest)) = url.trim().split_once("://") else {
            return Err("the proxy's URL must begin with `http://`".into());
        };
        if !scheme.eq_ignore_ascii_case("http") {
            return Err(
                "the proxy's URL must begin with `http://`: of the kinds of proxies, only those \
                 that are spoken to in plain HTTP are supported (what goes through is encrypted \
                 all the same)"
                    .into(),
            );
        }
        let (credentials, place) = match rest.rsplit_once('@') {
            Some((credentials, place)) => (Some(credentials), place),
            None => (None, rest),
        };
        let (host, port) = place_of(place.strip_suffix('/').unwrap_or(place))?;
        Ok(Self {
            host,
            port,
            authorization: credentials.map(basic).transpose()?,
        })
    }

    /// Asks the proxy at the other end of `io` for a tunnel to `target`; what follows on `io` is
    /// the target's.
    ///
    /// # Errors
    /// The proxy refuses, breaks off, or is none.
    pub(super) async fn tunnel(
        &self,
        io: &mut (impl AsyncRead + AsyncWrite + Unpin),
        target: &Target,
    ) -> io::Result<()> {
        let place = authority(&target.host, target.port);
        let mut request = format!("CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n");
        if let Some(authorization) = &self.authorization {
            request.push_str("Proxy-Authorization: ");
            request.push_str(authorization);
            request.push_str("\r\n");
        }
        request.push_str("\r\n");
        io.write_all(request.as_bytes()).await?;
        io.flush().await?;
        let head = self.read_head(io).await?;
        match status(&head) {
            Some(200..=299) => {
                debug!(event = "tunnel", proxy = %self, %place, "tunnel open");
                Ok(())
            }
            Some(407) => Err(self.problem(
                io::ErrorKind::PermissionDenied,
                if self.authorization.is_some() {
                    "did not accept the user name and password of its URL (HTTP 407)"
                } else {
                    "asks for a user name and password (HTTP 407): put them into its URL, \
                     `http://user:password@host:port`"
                },
            )),
            Some(status) => Err(self.problem(
                io::ErrorKind::ConnectionRefused,
                &format!("refused the tunnel to {place} with HTTP {status}"),
            )),
            None => Err(self.not_http()),
        }
    }

    /// The head of the answer, and nothing of what follows: the gateway does not speak first.
    async fn read_head(&self, io: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
        let mut head = Vec::with_capacity(256);
        loop {
            let before = head.len();
            if io.read_buf(&mut head).await? == 0 {
                return Err(self.problem(
                    io::ErrorKind::UnexpectedEof,
                    "closed the connection before it had answered",
                ));
            }
            if before < 5 && !b"HTTP/".starts_with(head.get(..5).unwrap_or(&head)) {
                return Err(self.not_http());
            }
            let end = head.windows(4).position(|four| four == b"\r\n\r\n");
            match end {
                Some(at) if at + 4 == head.len() => return Ok(head),
                // A refusal may come with a page that explains it.
                Some(at) if !matches!(status(&head), Some(200..=299)) => {
                    head.truncate(at);
                    return Ok(head);
                }
                Some(_) => {
                    return Err(self.problem(
                        io::ErrorKind::InvalidData,
                        "spoke on after it had opened the tunnel",
                    ));
                }
                None if head.len() > MAX_HEAD => {
                    return Err(self.problem(
                        io::ErrorKind::InvalidData,
                        &format!("sent a head of more than {MAX_HEAD} bytes"),
                    ));
                }
                None => {}
            }
        }
    }

    fn not_http(&self) -> io::Error {
        self.problem(
            io::ErrorKind::InvalidData,
            "did not answer as an HTTP proxy does: check its address",
        )
    }

    fn problem(&self, kind: io::ErrorKind, what: &str) -> io::Error {
        io::Error::new(kind, format!("the proxy {self} {what}"))
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({self})")
    }
}

/// Where it is.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&authority(&self.host, self.port))
    }
}

/// `host:port`, with the brackets that IPv6 needs there.
fn authority(host: &str, port: u16) -> String {
    if host.contains(':') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    }
}

fn place_of(place: &str) -> Result<(String, u16), String> {
    let (host, port) = match place.strip_prefix('[') {
        Some(rest) => rest
            .split_once(']')
            .ok_or("the proxy's URL opens a bracket and does not close it")?,
        None => place.split_at(place.find(':').unwrap_or(place.len())),
    };
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:".contains(&byte);
    if host.is_empty() || !host.bytes().all(is_host) {
        return Err(
            "the proxy's URL names no host: `http://host:port`, with `user:password@` \
                    before the host where it asks for them"
                .into(),
        );
    }
    let port = match port.strip_prefix(':') {
        Some(port) => port
            .parse()
            .ok()
            .filter(|port| *port > 0)
            .ok_or("the port of the proxy's URL is none")?,
        None if port.is_empty() => 80,
        None => return Err("the proxy's URL has something behind its host".into()),
    };
    Ok((host.to_owned(), port))
}

/// `user:password`, percent-encoded as in URLs, as a header wants it.
fn basic(credentials: &str) -> Result<String, String> {
    let (user, password) = credentials.split_once(':').unwrap_or((credentials, ""));
    let mut plain = decoded(user)?;
    if plain.contains(&b':') {
        return Err("the user name of the proxy's URL has a colon, which HTTP cannot carry".into());
    }
    plain.push(b':');
    plain.extend(decoded(password)?);
    Ok(format!("Basic {}", BASE64.encode(&plain)))
}

fn decoded(text: &str) -> Result<Vec<u8>, String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let byte = part
            .get(..2)
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            .ok_or("a `%` in the credentials of the proxy's URL must be written `%25`")?;
        bytes.push(byte);
        bytes.extend(part.bytes().skip(2));
    }
    Ok(bytes)
}

/// The status of an answer, if it is one.
fn status(head: &[u8]) -> Option<u16> {
    let line = head.split(|byte| *byte == b'\r').next()?;
    let line = std::str::from_utf8(line).ok()?;
    let (version, rest) = line.split_once(' ')?;
    let code = rest.get(..3).filter(|_| version.starts_with("HTTP/1."))?;
    let ends = rest
        .get(3..)
        .is_some_and(|end| end.is_empty() || end.starts_with(' '));
    code.parse()
        .ok()
        .filter(|code| ends && (100..=999).contains(code))
}

#[cfg(test)]
mod tests {
    use tokio::io::{DuplexStream, duplex};

    use super::*;

    fn target() -> Target {
        Target::new("gateway.test", 443, true)
    }

    /// What comes of an answer, and the request.
    async fn ask(proxy: &str, answer: &[u8]) -> (io::Result<()>, String) {
        let (mut ours, mut theirs): (DuplexStream, DuplexStream) = duplex(64 * 1024);
        theirs.write_all(answer).await.unwrap();
        let proxy = Proxy::parse(proxy).unwrap();
        // Nothing follows.
        theirs.shutdown().await.unwrap();
        let result = proxy.tunnel(&mut ours, &target()).await;
        drop(ours);
        let mut request = String::new();
        theirs.read_to_string(&mut request).await.unwrap();
        (result, request)
    }

    async fn problem(proxy: &str, answer: &[u8]) -> String {
        ask(proxy, answer).await.0.unwrap_err().to_string()
    }

    #[test]
    fn urls_are_read_with_credentials_and_without() {
        for (url, host, port, authorization) in [
            ("http://proxy.test:3128", "proxy.test", 3128, None),
            ("HTTP://proxy.test/", "proxy.test", 80, None),
            (" http://[::1]:3128/\n", "::1", 3128, None),
            (
                "http://Aladdin:open%20sesame@10.0.0.1:8080",
                "10.0.0.1",
                8080,
                Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
            ),
            ("http://u:p@ss/w@h:1", "h", 1, Some("Basic dTpwQHNzL3c=")),
            ("http://u@h:1", "h", 1, Some("Basic dTo=")),
            ("http://u%40x:%C3%A9@h:1", "h", 1, Some("Basic dUB4OsOp")),
        ] {
            let proxy = Proxy::parse(url).unwrap();
            assert_eq!((proxy.host.as_str(), proxy.port), (host, port), "{url}");
            assert_eq!(proxy.authorization.as_deref(), authorization, "{url}");
        }
    }

    #[test]
    fn a_url_that_is_none_says_why_and_keeps_the_password_to_itself() {
        for (url, clue) in [
            ("user:hidden@proxy:1", "must begin with `http://`"),
            ("https://user:hidden@proxy:1", "only those"),
            ("socks5://user:hidden@proxy:1", "only those"),
            ("http://user:hidden@", "names no host"),
            ("http://user:hidden@:1", "names no host"),
            ("http://user:hidden@a b:1", "names no host"),
            ("http://user:hidden@a\r\nX-Y: z:1", "names no host"),
            ("http://user:hidden@proxy:0", "port"),
            ("http://user:hidden@proxy:70000", "port"),
            ("http://user:hidden@proxy:1/path", "port"),
            ("http://user:hidden@proxy/path", "names no host"),
            ("http://user:hidden@[::1", "bracket"),
            ("http://user:hidden@[::1]x", "behind its host"),
            ("http://user:hidden%@proxy:1", "%25"),
            ("http://user:hidden%+1@proxy:1", "%25"),
            ("http://us%3Aer:hidden@proxy:1", "colon"),
        ] {
            let error = Proxy::parse(url).unwrap_err();
            assert!(error.contains(clue), "{url}: {error}");
            assert!(!error.contains("hidden"), "{error}");
        }
    }

    #[tokio::test]
    async fn an_open_tunnel_was_asked_for_with_the_targets_name() {
        for answer in [
            "HTTP/1.1 200 Connection established\r\n\r\n",
            "HTTP/1.0 200\r\nVia: 1.1 proxy\r\n\r\n",
        ] {
            let (result, request) = ask("http://u:p@proxy.test:3128", answer.as_bytes()).await;
            result.unwrap();
            assert_eq!(
                request,
                "CONNECT gateway.test:443 HTTP/1.1\r\nHost: gateway.test:443\r\n\
                 Proxy-Authorization: Basic dTpw\r\n\r\n"
            );
        }
    }

    #[tokio::test]
    async fn an_answer_in_single_bytes_is_an_answer() {
        let (mut ours, mut theirs) = duplex(1);
        let proxy = Proxy::parse("http://proxy.test:3128").unwrap();
        let play = async {
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(theirs.read_u8().await.unwrap());
            }
            let answer = b"HTTP/1.1 200 OK\r\n\r\nthe gateway's";
            theirs.write_all(answer).await.unwrap();
        };
        let tunnel = async {
            proxy.tunnel(&mut ours, &target()).await.unwrap();
            let mut next = [0; 13];
            ours.read_exact(&mut next).await.unwrap();
            assert_eq!(&next, b"the gateway's");
        };
        tokio::join!(play, tunnel);
    }

    #[tokio::test]
    async fn what_a_proxy_refuses_is_told_with_what_to_do() {
        let refusal = b"HTTP/1.1 407 Nope\r\nContent-Length: 6\r\n\r\n<page>";
        let error = problem("http://proxy.test:3128", refusal).await;
        assert!(error.contains("put them into its URL"), "{error}");
        let error = problem("http://user:hidden@proxy.test:3128", refusal).await;
        assert!(error.contains("did not accept"), "{error}");
        assert!(!error.contains("hidden"), "{error}");
        let error = problem("http://[::1]:3128", b"HTTP/1.1 403 No\r\n\r\n").await;
        assert_eq!(
            error,
            "the proxy [::1]:3128 refused the tunnel to gateway.test:443 with HTTP 403"
        );
    }

    #[tokio::test]
    async fn what_is_no_proxy_is_told_at_its_first_bytes() {
        let long = [b"HTTP/1.1 200 OK\r\n".as_slice(), &[b'a'; 2 * MAX_HEAD]].concat();
        let answers: [(&[u8], &str); 8] = [
            (b"", "before it had answered"),
            (b"HTTP/1.1 200 OK\r\n", "before it had answered"),
            (b"SSH-2.0-OpenSSH_9.6\r\n", "check its address"),
            (b"\x15\x03\x03\0\x02\x02", "check its address"),
            (b"HTTP/2 200 OK\r\n\r\n", "check its address"),
            (b"HTTP/1.1 2000\r\n\r\n", "check its address"),
            (b"HTTP/1.1 200 OK\r\n\r\nhello", "spoke on"),
            (&long, "more than 8192 bytes"),
        ];
        for (answer, clue) in answers {
            let error = problem("http://proxy.test:3128", answer).await;
            assert!(error.contains(clue), "{error}");
        }
    }

    #[test]
    fn debug_shows_the_place_only() {
        let proxy = Proxy::parse("http://user:hidden@proxy.test:3128").unwrap();
        assert_eq!(format!("{proxy:?}"), "Proxy(proxy.test:3128)");
    }
}
