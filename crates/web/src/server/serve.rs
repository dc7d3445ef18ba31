//! Serving until told to stop.
//!
//! Invariant: after `serve` returns no request is running, no import is running, and
//! the socket is gone. An import that was stopped on the way has stored nothing and is
//! resumed by starting it again.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{Caller, ListenError, bind_socket, bind_tcp, router};
use crate::office::{Office, OfficeError};

/// Open connections may finish their request within this time.
const DRAIN: Duration = Duration::from_secs(10);

#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error(transparent)]
    Listen(#[from] ListenError),
    #[error("wait for signals")]
    Signal(#[source] std::io::Error),
    #[error("serve requests")]
    Serve(#[source] std::io::Error),
    #[error("stop work in the background")]
    Close(#[from] OfficeError),
}

/// Where to serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServeConfig {
    /// Loopback, unless a proxy with TLS is in front; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Unix socket for commands on this machine.
    pub socket: Option<PathBuf>,
}

/// Serves the API and the pages until the process is told to stop (SIGINT, SIGTERM).
/// `ready` is told the address as soon as requests are accepted.
pub async fn serve(
    office: Arc<Office>,
    config: ServeConfig,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Signal)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Signal)?;
    serve_until(office, config, ready, async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
    .await
}

/// Serves until `shutdown` is ready.
pub async fn serve_until(
    office: Arc<Office>,
    config: ServeConfig,
    ready: impl FnOnce(SocketAddr),
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let behind_tls = office
        .public_url()
        .is_some_and(|url| url.starts_with("https://"));
    let tcp = bind_tcp(config.listen, behind_tls).await?;
    let address = tcp.local_addr().map_err(ServeError::Serve)?;
    let socket = config.socket.as_deref().map(bind_socket).transpose()?;
    let (stop, stopped) = watch::channel(false);
    let mut doors = JoinSet::new();
    let network = router(office.clone(), Caller::Network);
    let wait = wait_for(stopped.clone());
    let network = network.into_make_service_with_connect_info::<SocketAddr>();
    doors.spawn(async move { axum::serve(tcp, network).with_graceful_shutdown(wait).await });
    if let Some(socket) = socket {
        let local = router(office.clone(), Caller::Local);
        let wait = wait_for(stopped);
        doors.spawn(async move {
            axum::serve(socket, local)
                .with_graceful_shutdown(wait)
                .await
        });
    }
    ready(address);

    let ended = tokio::select! {
        () = shutdown => Ok(()),
        Some(ended) = doors.join_next() => door_result(ended),
    };
    stop.send_replace(true);
    // Imports stop where they are; nothing of them is stored, and they can be resumed.
    office.stop_imports().await;
    let drained = tokio::time::timeout(DRAIN, drain(&mut doors)).await;
    doors.abort_all();
    let closed = office.close().await;
    if let Some(path) = config.socket {
        // Somebody may have removed it by hand; one left behind does no harm either.
        let _ = std::fs::remove_file(path);
    }
    ended.map_err(ServeError::Serve)?;
    if let Ok(drained) = drained {
        drained.map_err(ServeError::Serve)?;
    }
    closed.map_err(ServeError::Close)
}

async fn drain(doors: &mut JoinSet<std::io::Result<()>>) -> std::io::Result<()> {
    while let Some(ended) = doors.join_next().await {
        door_result(ended)?;
    }
    Ok(())
}

fn door_result(ended: Result<std::io::Result<()>, tokio::task::JoinError>) -> std::io::Result<()> {
    ended.unwrap_or_else(|error| Err(std::io::Error::other(error)))
}

async fn wait_for(mut stopped: watch::Receiver<bool>) {
    // The sender lives as long as `serve`; an error means that it is gone: stop as well.
    let _ = stopped.wait_for(|stop| *stop).await;
}
