//! The API as the command line sees it: in this process, or over a server's socket.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use http_body_util::{BodyExt, Full};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use tokio::net::UnixStream;
use tower::ServiceExt;

use crate::config::Config;
use crate::directory::{DirectoryError, HeldDirectory, socket_path};

type Body = Full<bytes::Bytes>;

/// Where requests go.
pub enum Client {
    /// Nobody else holds the directory: the router runs here.
    Here {
        router: axum::Router,
        office: Arc<evenkeel_web::Office>,
        _directory: HeldDirectory,
    },
    /// A server holds it.
    Server { socket: PathBuf },
}

/// The API said no, and why.
#[derive(Debug, thiserror::Error)]
pub struct Refused {
    pub status: u16,
    pub body: serde_json::Value,
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |key: &str| self.body.get(key).and_then(serde_json::Value::as_str);
        write!(out, "evenkeel: {}", text("title").unwrap_or("refused"))?;
        if let Some(detail) = text("detail") {
            write!(out, ": {detail}")?;
        }
        let problems = self
            .body
            .get("problems")
            .and_then(serde_json::Value::as_array);
        for problem in problems.into_iter().flatten() {
            write!(out, "\n  {}", crate::print::problem(problem))?;
        }
        if let Some(total) = self
            .body
            .get("problems_total")
            .and_then(serde_json::Value::as_u64)
        {
            let shown = problems.map_or(0, |shown| shown.len() as u64);
            if total > shown {
                write!(out, "\n  … and {} more", total - shown)?;
            }
        }
        Ok(())
    }
}

impl Client {
    /// Opens the directory here, or finds the server that holds it.
    pub async fn open(config: &Config) -> anyhow::Result<Self> {
        match HeldDirectory::hold(&config.dir) {
            Ok(directory) => Self::here(config, directory).await,
            Err(DirectoryError::Held { path }) => {
                let socket = socket_path(&config.dir);
                if UnixStream::connect(&socket).await.is_ok() {
                    Ok(Self::Server { socket })
                } else {
                    Err(DirectoryError::Held { path }.into())
                }
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn here(config: &Config, directory: HeldDirectory) -> anyhow::Result<Self> {
        let office = open_office(config, directory.path()).await?;
        Ok(Self::Here {
            router: evenkeel_web::router(office.clone(), evenkeel_web::Caller::Local),
            office,
            _directory: directory,
        })
    }

    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<T> {
        self.ask(Method::GET, path, None).await
    }

    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &serde_json::Value,
    ) -> anyhow::Result<T> {
        self.ask(Method::POST, path, Some(body)).await
    }

    pub async fn put<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &serde_json::Value,
    ) -> anyhow::Result<T> {
        self.ask(Method::PUT, path, Some(body)).await
    }

    /// Removes something; the answer has no body.
    pub async fn delete(&self, path: &str) -> anyhow::Result<()> {
        let request = Request::builder()
            .method(Method::DELETE)
            .uri(path)
            .header("host", "localhost")
            .body(Full::default())
            .context("build request")?;
        self.send(request).await.map(|_| ())
    }

    /// Sends bytes as they are; the answer has no body.
    pub async fn put_bytes(
        &self,
        path: &str,
        content_type: &str,
        bytes: Vec<u8>,
    ) -> anyhow::Result<()> {
        let request = Request::builder()
            .method(Method::PUT)
            .uri(path)
            .header("host", "localhost")
            .header("content-type", content_type)
            .body(Full::from(bytes))
            .context("build request")?;
        self.send(request).await.map(|_| ())
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<&serde_json::Value>,
    ) -> anyhow::Result<T> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost")
            .header("content-type", "application/json")
            .body(Full::from(
                body.map(serde_json::Value::to_string).unwrap_or_default(),
            ))
            .context("build request")?;
        let bytes = self.send(request).await?;
        serde_json::from_slice(&bytes).with_context(|| format!("read the answer of {path}"))
    }

    /// The body of a success; what was refused is an error.
    async fn send(&self, request: Request<Body>) -> anyhow::Result<bytes::Bytes> {
        let (status, bytes) = match self {
            Self::Here { router, .. } => {
                let response = router
                    .clone()
                    .oneshot(request.map(axum::body::Body::new))
                    .await?;
                let status = response.status();
                (status, response.into_body().collect().await?.to_bytes())
            }
            Self::Server { socket } => send(socket, request).await?,
        };
        if status.is_success() {
            return Ok(bytes);
        }
        Err(Refused {
            status: status.as_u16(),
            body: serde_json::from_slice(&bytes).unwrap_or_else(
                |_| serde_json::json!({"title": status.to_string(), "detail": String::from_utf8_lossy(&bytes)}),
            ),
        }
        .into())
    }

    /// Waits for work in the background of this process (a server does its own).
    pub async fn close(self) -> anyhow::Result<()> {
        if let Self::Here { office, .. } = self {
            office.close().await?;
        }
        Ok(())
    }
}

/// Opens registry and facts of a directory that this process holds.
pub async fn open_office(
    config: &Config,
    directory: &Path,
) -> anyhow::Result<Arc<evenkeel_web::Office>> {
    evenkeel_web::Office::open(evenkeel_web::OfficeConfig {
        directory: directory.to_owned(),
        registry_url: config.registry_url.clone(),
        demo: directory.join(crate::demo::MARK).exists(),
        public_url: config.public_url.clone(),
        starter: crate::demo::foundation(),
        clock: Arc::new(evenkeel_web::SystemClock),
        seed: rand::random(),
    })
    .await
    .with_context(|| format!("open data directory {}", directory.display()))
}

async fn send(socket: &Path, request: Request<Body>) -> anyhow::Result<(StatusCode, bytes::Bytes)> {
    let stream = UnixStream::connect(socket)
        .await
        .with_context(|| format!("connect to the server at {}", socket.display()))?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let response = sender.send_request(request).await?;
    let status = response.status();
    Ok((status, response.into_body().collect().await?.to_bytes()))
}
