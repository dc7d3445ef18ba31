//! Where a server listens.
//!
//! Invariant: addresses that other machines can reach are refused unless browsers reach them over
//! TLS, through a proxy whose address `public_url` is.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tokio::net::{TcpListener, UnixListener};

#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    #[error(
        "{address} can be reached from other machines, where passwords would go over the wire as they are; set public_url to the https:// address of a proxy in front of it, or listen on 127.0.0.1 or [::1] (a tunnel such as `ssh -L` brings it to your own machine)"
    )]
    NotLoopback { address: SocketAddr },
    #[error("port {} of {} is taken by another program; choose another with --listen (or --port)", address.port(), address.ip())]
    Taken { address: SocketAddr },
    #[error("listen on {address}")]
    Tcp {
        address: SocketAddr,
        #[source]
        source: std::io::Error,
    },
    #[error("listen on socket {}", path.display())]
    Socket {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error(
        "socket path {} has {length} bytes, the system allows 107: use a data directory with a shorter path",
        path.display()
    )]
    SocketPathTooLong { path: PathBuf, length: usize },
}

/// Listens on a loopback address, or on any where a proxy in front of it has TLS; port 0 takes a
/// free one.
pub async fn bind_tcp(address: SocketAddr, behind_tls: bool) -> Result<TcpListener, ListenError> {
    if !address.ip().is_loopback() && !behind_tls {
        return Err(ListenError::NotLoopback { address });
    }
    TcpListener::bind(address)
        .await
        .map_err(|source| match source.kind() {
            std::io::ErrorKind::AddrInUse => ListenError::Taken { address },
            _ => ListenError::Tcp { address, source },
        })
}

/// Listens on a Unix socket that only this user can open.
///
/// The caller holds the data directory's lock, so a socket that is already there was
/// left by a process that is gone.
pub fn bind_socket(path: &Path) -> Result<UnixListener, ListenError> {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::PermissionsExt as _;
    let length = path.as_os_str().as_bytes().len();
    if length > 107 {
        return Err(ListenError::SocketPathTooLong {
            path: path.to_owned(),
            length,
        });
    }
    let failed = |source| ListenError::Socket {
        path: path.to_owned(),
        source,
    };
    match std::fs::remove_file(path) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    let listener = UnixListener::bind(path).map_err(failed)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).map_err(failed)?;
    Ok(listener)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn other_machines_are_kept_out() {
        let refused = bind_tcp("0.0.0.0:0".parse().unwrap(), false)
            .await
            .unwrap_err();
        assert!(refused.to_string().contains("public_url"), "{refused}");
    }

    #[tokio::test]
    async fn a_taken_port_is_said_to_be_taken() {
        let first = bind_tcp("127.0.0.1:0".parse().unwrap(), false)
            .await
            .unwrap();
        let address = first.local_addr().unwrap();
        assert!(matches!(
            bind_tcp(address, false).await,
            Err(ListenError::Taken { .. })
        ));
    }

    #[tokio::test]
    async fn a_socket_left_behind_is_replaced() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("evenkeel.sock");
        drop(bind_socket(&path).unwrap());
        assert!(path.exists());
        bind_socket(&path).unwrap();
    }
}
