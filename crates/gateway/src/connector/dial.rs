//! TCP to the first address that answers.

use std::{io, net::SocketAddr, time::Duration};

use tokio::{
    net::{TcpStream, lookup_host},
    task::JoinSet,
    time::sleep,
};
use tracing::debug;

/// How long one address may keep the next one waiting.
const HEAD_START: Duration = Duration::from_millis(250);

/// Looks the name up and connects.
pub(super) async fn dial(host: &str, port: u16) -> io::Result<TcpStream> {
    let addresses: Vec<_> = lookup_host((host, port))
        .await
        .map_err(|error| {
            io::Error::new(
                error.kind(),
                format!("the name {host} was not resolved: {error}"),
            )
        })?
        .collect();
    debug!(
        event = "resolved",
        host,
        addresses = addresses.len(),
        "name resolved"
    );
    let stream = race(interleave(addresses)).await?;
    stream.set_nodelay(true)?;
    if let Ok(peer) = stream.peer_addr() {
        debug!(event = "tcp", %peer, "tcp connection open");
    }
    Ok(stream)
}

/// Dials the addresses in order, each a little after the one before or as soon as that fails, and
/// keeps the first that answers (RFC 8305, without its sorting by history).
async fn race(addresses: Vec<SocketAddr>) -> io::Result<TcpStream> {
    let count = addresses.len();
    let mut waiting = addresses.into_iter().peekable();
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the host name has no address");
    // Dropping the set aborts the dials that lost, and all of them when nobody waits any more.
    let mut dials = JoinSet::new();
    loop {
        if let Some(address) = waiting.next() {
            dials.spawn(async move { (address, TcpStream::connect(address).await) });
        }
        tokio::select! {
            dialled = dials.join_next() => match dialled {
                Some(Ok((_, Ok(stream)))) => return Ok(stream),
                Some(Ok((address, Err(error)))) => last = at(address, count, &error),
                Some(Err(aborted)) => last = io::Error::other(aborted),
                None => return Err(last),
            },
            () = sleep(HEAD_START), if waiting.peek().is_some() => {}
        }
    }
}

fn at(address: SocketAddr, count: usize, error: &io::Error) -> io::Error {
    let text = match count {
        1 => format!("{address}: {error}"),
        _ => format!("{address}, the last of {count} addresses: {error}"),
    };
    io::Error::new(error.kind(), text)
}

/// Alternates the address families, beginning with the resolver's first choice, so that a network
/// where one of them is broken costs one head start and not many.
fn interleave(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let first_is_v4 = addresses.first().is_some_and(SocketAddr::is_ipv4);
    let (first, second): (Vec<_>, Vec<_>) = addresses
        .into_iter()
        .partition(|address| address.is_ipv4() == first_is_v4);
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    let mut order = Vec::with_capacity(first.len() + second.len());
    loop {
        match (first.next(), second.next()) {
            (None, None) => return order,
            (one, other) => order.extend(one.into_iter().chain(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_os = "linux")]
    use tokio::time::timeout;
    use tokio::{net::TcpListener, time::Instant};

    use super::*;

    fn address(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    async fn refusing() -> SocketAddr {
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
        closed.local_addr().unwrap()
    }

    /// An address whose queue of connections is full: the kernel drops every SYN that follows.
    #[cfg(target_os = "linux")]
    async fn black_hole() -> (SocketAddr, impl Sized) {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind(address("127.0.0.1:0")).unwrap();
        let listener = socket.listen(1).unwrap();
        let address = listener.local_addr().unwrap();
        let mut queued = Vec::new();
        let short = Duration::from_millis(50);
        while let Ok(connected) = timeout(short, TcpStream::connect(address)).await {
            queued.push(connected.unwrap());
            assert!(queued.len() < 10, "the queue has no end");
        }
        (address, (listener, queued))
    }

    /// How many sockets wait for the answer to a SYN they sent there.
    #[cfg(target_os = "linux")]
    fn syns_to(address: SocketAddr) -> usize {
        const SYN_SENT: &str = "02";
        let remote = format!("0100007F:{:04X}", address.port());
        let table = std::fs::read_to_string("/proc/self/net/tcp").unwrap();
        let rows = table.lines().map(|line| {
            let mut columns = line.split_whitespace().skip(2);
            (columns.next(), columns.next())
        });
        rows.filter(|row| *row == (Some(&remote), Some(SYN_SENT)))
            .count()
    }

    #[test]
    fn address_families_take_turns() {
        let order = interleave(vec![
            address("[::1]:1"),
            address("[::2]:1"),
            address("1.1.1.1:1"),
            address("[::3]:1"),
        ]);
        assert_eq!(
            order,
            [
                address("[::1]:1"),
                address("1.1.1.1:1"),
                address("[::2]:1"),
                address("[::3]:1")
            ]
        );
    }

    #[tokio::test]
    async fn what_is_dialled_sends_small_frames_at_once() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(dial("127.0.0.1", port).await.unwrap().nodelay().unwrap());
    }

    #[tokio::test]
    async fn a_refusing_address_does_not_keep_the_next_from_answering() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let good = listener.local_addr().unwrap();
        let started = Instant::now();
        let stream = race(vec![refusing().await, refusing().await, good])
            .await
            .unwrap();
        assert_eq!(stream.peer_addr().unwrap(), good);
        // Waiting for both of them would take twice the head start.
        assert!(
            started.elapsed() < 2 * HEAD_START,
            "{:?}",
            started.elapsed()
        );
    }

    #[tokio::test]
    async fn an_error_names_the_address_and_how_many_there_were() {
        let (one, other) = (refusing().await, refusing().await);
        let error = race(vec![one]).await.unwrap_err();
        assert!(error.to_string().starts_with(&format!("{one}: ")));
        let error = race(vec![one, other]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
        let text = error.to_string();
        assert!(text.contains("the last of 2 addresses"), "{text}");
    }

    #[tokio::test]
    async fn a_host_without_addresses_is_an_error() {
        assert_eq!(
            race(Vec::new()).await.unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn t02_an_address_that_swallows_syns_costs_a_head_start_and_leaves_nothing_behind() {
        let (hole, _full) = black_hole().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let good = listener.local_addr().unwrap();
        let started = Instant::now();
        let stream = race(vec![hole, good]).await.unwrap();
        assert_eq!(stream.peer_addr().unwrap(), good);
        assert!(started.elapsed() >= HEAD_START);
        // The kernel would wait for minutes.
        assert!(started.elapsed() < Duration::from_secs(20));
        nothing_waits_for(hole).await;
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn t02_a_dial_given_up_takes_its_sockets_along() {
        let (hole, _full) = black_hole().await;
        let given_up = timeout(Duration::from_millis(100), race(vec![hole]));
        tokio::join!(async { given_up.await.unwrap_err() }, async {
            while syns_to(hole) == 0 {
                tokio::task::yield_now().await;
            }
        });
        nothing_waits_for(hole).await;
    }

    /// Aborted tasks end when the runtime gets round to it.
    #[cfg(target_os = "linux")]
    async fn nothing_waits_for(address: SocketAddr) {
        let gone = async {
            while syns_to(address) > 0 {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(5), gone).await.unwrap();
    }
}
