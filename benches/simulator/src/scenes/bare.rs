//! A websocket and nothing else: what frames cost before anybody simulates anything.

use std::sync::Arc;

use futures_util::{SinkExt, StreamExt};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_tungstenite::{
    accept_async,
    tungstenite::{Message, Utf8Bytes},
};

/// Sends each who connects HELLO, and after its first message READY and the frames. Each is flushed, or they leave
/// when the library's buffer is full.
pub async fn serve(frames: Arc<[Utf8Bytes]>, flushed: bool) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its number").to_string();
    let serving = tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.expect("a connection");
            let frames = Arc::clone(&frames);
            tokio::spawn(async move {
                let _ = socket.set_nodelay(true);
                let mut socket = accept_async(socket).await.expect("a websocket");
                for greeting in ["HELLO", "READY"] {
                    if greeting == "READY" {
                        socket.next().await;
                    }
                    let _ = socket.send(Message::text(greeting)).await;
                }
                // What the runner says by its own ways to the simulator.
                tokio::task::yield_now().await;
                for frame in frames.iter() {
                    let message = Message::Text(frame.clone());
                    let sent = if flushed {
                        socket.send(message).await
                    } else {
                        socket.feed(message).await
                    };
                    if sent.is_err() {
                        return;
                    }
                }
                let _ = socket.flush().await;
                while socket.next().await.is_some() {}
            });
        }
    });
    (address, serving)
}
