//! Group commit: what arrives while one transaction is written goes into the next.
//!
//! Invariant: one task writes, so sequence numbers rise in the order of commits.

use std::sync::Arc;

use evenkeel_registry::{Receipt, Received, Registry, RegistryError};
use tokio::sync::{Notify, mpsc, oneshot};

use crate::office::OfficeError;

/// Receipts that wait for the writer; senders beyond that wait in turn.
const WAITING_MAX: usize = 1024;
/// Receipts in one transaction.
const TOGETHER_MAX: usize = 512;

/// Receipts of one sender, and where the answer goes.
struct Waiting {
    receipts: Vec<Receipt>,
    reply: oneshot::Sender<Result<Vec<Received>, Arc<RegistryError>>>,
}

/// The way to the inbox.
#[derive(Debug)]
pub(in crate::office) struct Writer {
    waiting: mpsc::Sender<Waiting>,
    /// Told after each transaction that stored something.
    pub stored: Arc<Notify>,
}

impl Writer {
    /// Starts the task; it ends with the writer.
    pub fn start(registry: Registry) -> Self {
        let (waiting, received) = mpsc::channel(WAITING_MAX);
        let stored = Arc::new(Notify::new());
        tokio::spawn(write(registry, received, stored.clone()));
        Self { waiting, stored }
    }

    /// Stores receipts; returns when that would survive a power cut.
    pub async fn receive(&self, receipts: Vec<Receipt>) -> Result<Vec<Received>, OfficeError> {
        let (reply, answer) = oneshot::channel();
        let gone = || OfficeError::InboxClosed;
        self.waiting
            .send(Waiting { receipts, reply })
            .await
            .map_err(|_| gone())?;
        answer
            .await
            .map_err(|_| gone())?
            .map_err(OfficeError::Inbox)
    }
}

async fn write(registry: Registry, mut received: mpsc::Receiver<Waiting>, stored: Arc<Notify>) {
    while let Some(first) = received.recv().await {
        let mut receipts = first.receipts;
        let mut replies = vec![(receipts.len(), first.reply)];
        while receipts.len() < TOGETHER_MAX {
            let Ok(next) = received.try_recv() else { break };
            replies.push((next.receipts.len(), next.reply));
            receipts.extend(next.receipts);
        }
        match registry.receive(&receipts).await {
            Ok(done) => {
                if done.contains(&Received::Stored) {
                    stored.notify_one();
                }
                let mut done = done.into_iter();
                for (count, reply) in replies {
                    // A sender that went away does not ask; what it sent is stored.
                    let _ = reply.send(Ok(done.by_ref().take(count).collect()));
                }
            }
            Err(error) => {
                let error = Arc::new(error);
                for (_, reply) in replies {
                    let _ = reply.send(Err(error.clone()));
                }
            }
        }
    }
}
