//! A shard behind an HTTP proxy, over sockets.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what fails here fails the test"
)]

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use polycord_gateway::{DisconnectCause, SessionEvent, Shard, ShardConfig, ShardEvent, State};
use polycord_simulator::Simulator;
use polycord_types::gateway::Intents;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    time::timeout,
};

/// What a proxy does with those who ask.
#[derive(Clone, Copy)]
enum Habit {
    /// Opens tunnels, for whoever gives this password.
    Tunnel(Option<&'static str>),
    /// Says this, and closes.
    Say(&'static str),
    /// Opens the tunnel, and closes at once.
    Drop,
    /// Never answers.
    Silence,
}

struct Proxy {
    port: u16,
    /// The heads of the requests.
    requests: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    async fn start(habit: Habit) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Self {
            port: listener.local_addr().unwrap().port(),
            requests: Arc::default(),
        };
        let requests = proxy.requests.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(serve(client, habit, requests.clone()));
            }
        });
        proxy
    }

    fn url(&self, credentials: &str) -> String {
        format!("http://{credentials}127.0.0.1:{}", self.port)
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(mut client: TcpStream, habit: Habit, requests: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = client.read_u8().await else {
            return;
        };
        head.push(byte);
    }
    let head = String::from_utf8(head).unwrap();
    requests.lock().unwrap().push(head.clone());
    match habit {
        Habit::Tunnel(password) => {
            if let Some(password) = password
                && !head.contains(&format!("Proxy-Authorization: Basic {password}\r\n"))
            {
                let refusal = "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\n\r\n";
                client.write_all(refusal.as_bytes()).await.unwrap();
                return;
            }
            let place = head.split(' ').nth(1).unwrap();
            let mut server = TcpStream::connect(place).await.unwrap();
            client
                .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
                .await
                .unwrap();
            copy_bidirectional(&mut client, &mut server).await.ok();
        }
        Habit::Say(text) => client.write_all(text.as_bytes()).await.unwrap(),
        Habit::Drop => client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap(),
        Habit::Silence => std::future::pending().await,
    }
}

fn config(sim: &Simulator) -> ShardConfig {
    let config = ShardConfig::new(sim.token(), Intents::default())
        .gateway_url(sim.gateway_url())
        .backoff(Duration::from_millis(20), Duration::from_millis(100));
    match sim.ca_pem() {
        Some(pem) => config.root_certificates(pem),
        None => config,
    }
}

async fn ready(shard: &Shard) {
    let handle = shard.handle();
    let ready = handle.wait_for(|status| status.state == State::Ready);
    let status = timeout(Duration::from_secs(20), ready).await.unwrap();
    assert!(status.is_some(), "the shard stopped");
}

/// What ends the attempts through a proxy with this habit.
async fn cause(habit: Habit, credentials: &str) -> DisconnectCause {
    let sim = Simulator::start().await.unwrap();
    let proxy = Proxy::start(habit).await;
    let config = config(&sim)
        .proxy(proxy.url(credentials))
        .connect_timeout(Duration::from_millis(500));
    let mut shard = Shard::start(config).unwrap();
    let cause = timeout(Duration::from_secs(20), next_cause(&mut shard)).await;
    assert_eq!(sim.connections_opened(), 0);
    cause.unwrap()
}

async fn next_cause(shard: &mut Shard) -> DisconnectCause {
    loop {
        if let ShardEvent::Session(SessionEvent::Reconnecting { cause, .. }) =
            shard.next().await.unwrap()
        {
            return cause;
        }
    }
}

#[tokio::test]
async fn wss_goes_through_the_proxy_and_resumes_through_it() {
    let sim = Simulator::builder().tls(true).start().await.unwrap();
    // "open%20sesame" of "Aladdin".
    let password = "QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
    let proxy = Proxy::start(Habit::Tunnel(Some(password))).await;
    let config = config(&sim).proxy(proxy.url("Aladdin:open%20sesame@"));
    let shard = Shard::start(config).unwrap();
    ready(&shard).await;
    let place = sim.gateway_url().trim_start_matches("wss://");
    let place = place.trim_end_matches('/');
    let requests = proxy.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(
        requests[0],
        format!(
            "CONNECT {place} HTTP/1.1\r\nHost: {place}\r\nProxy-Authorization: Basic {password}\r\n\r\n"
        )
    );
    assert!(sim.cut(0));
    let handle = shard.handle();
    let resumed = handle.wait_for(|status| status.counters.resumed == 1);
    timeout(Duration::from_secs(20), resumed).await.unwrap();
    assert_eq!(proxy.requests().len(), 2);
    assert_eq!((sim.identifies(), sim.resumes()), (1, 1));
}

#[tokio::test]
async fn ws_goes_through_the_proxy_as_well() {
    let sim = Simulator::start().await.unwrap();
    let proxy = Proxy::start(Habit::Tunnel(None)).await;
    let shard = Shard::start(config(&sim).proxy(proxy.url(""))).unwrap();
    ready(&shard).await;
    let requests = proxy.requests();
    assert_eq!(requests.len(), 1);
    assert!(!requests[0].contains("Authorization"), "{requests:?}");
}

#[tokio::test]
async fn a_proxy_that_refuses_or_is_none_is_a_cause_that_says_so_and_shows_no_password() {
    let cases = [
        (Habit::Tunnel(Some("x")), "did not accept the user name"),
        (Habit::Say("HTTP/1.1 503 Busy\r\n\r\n"), "with HTTP 503"),
        (Habit::Say("220 mail.test ESMTP\r\n"), "check its address"),
        (Habit::Say(""), "closed the connection"),
        (Habit::Drop, "did not upgrade to a websocket"),
    ];
    for (habit, clue) in cases {
        let cause = cause(habit, "user:hidden@").await;
        let shown = format!("{cause} {cause:?}");
        assert!(shown.contains(clue), "{clue}: {shown}");
        // As it is, and in the header: "user:hidden".
        assert!(!shown.contains("hidden") && !shown.contains("dXNlcjpoaWRkZW4="));
    }
    let cause = cause(Habit::Tunnel(Some("x")), "").await.to_string();
    assert!(cause.contains("put them into its URL"), "{cause}");
}

#[tokio::test]
async fn a_proxy_that_never_answers_costs_one_deadline() {
    let cause = cause(Habit::Silence, "").await;
    assert_eq!(cause, DisconnectCause::ConnectTimeout);
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_told_as_the_proxy() {
    let sim = Simulator::start().await.unwrap();
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = closed.local_addr().unwrap();
    drop(closed);
    let config = config(&sim).proxy(format!("http://user:hidden@{place}"));
    let mut shard = Shard::start(config).unwrap();
    let cause = timeout(Duration::from_secs(20), next_cause(&mut shard)).await;
    let cause = cause.unwrap().to_string();
    assert!(
        cause.contains(&format!("the proxy {place} was not reached")),
        "{cause}"
    );
    assert!(!cause.contains("hidden"), "{cause}");
    assert_eq!(sim.connections_opened(), 0);
}
