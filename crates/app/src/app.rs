//! What every operation works with.

use std::sync::{Arc, Mutex, PoisonError};

use afterword_integrations::mail::Mailer;
use afterword_rooms::Rooms;
use afterword_storage::{DiskBlobs, Storage};
use tokio::sync::{OnceCell, Semaphore};
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::error::AppError;
use crate::evidence::intake::Intake;
use crate::jobs::projector::{Projector, Reading};
use crate::jobs::queue::Queue;
use crate::jobs::{puller, retention};
use crate::library::index;
use crate::meeting::Once;
use crate::ports::update_log::StoredLog;
use crate::recordings::{Makings, Uploads};
use crate::sign_in::ProviderSignIn;
use crate::sign_in::throttle::Throttle;
use crate::tickets::TrackerClient;
use crate::wording::Prepared;

/// How this installation is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address under which people reach it, without a slash at the end.
    pub public_url: String,
    /// Whether it shows the demonstration organisation, with its passwords.
    pub demo: bool,
    /// The organisation's own provider of sign-ins, if it has one.
    pub provider: Option<ProviderSignIn>,
    /// Whether the address of somebody's calendar may lead into the network behind this server.
    pub private_calendars: bool,
}

/// The application: every use case is a method, one file an operation.
pub struct App {
    pub(crate) storage: Storage,
    pub(crate) blobs: DiskBlobs,
    pub(crate) rooms: Arc<Rooms>,
    pub(crate) projector: Projector,
    pub(crate) intake: Intake,
    pub(crate) queue: Arc<Queue>,
    jobs: Mutex<Vec<JoinHandle<()>>>,
    pub(crate) mailer: Option<Mailer>,
    pub(crate) clock: Clock,
    pub(crate) settings: Settings,
    pub(crate) throttle: Throttle,
    pub(crate) refusals: Throttle,
    pub(crate) once: Once,
    /// Large files lie on the disk one at a time.
    pub(crate) exports: Semaphore,
    /// One PDF is set at a time.
    pub(crate) press: Arc<Semaphore>,
    /// Done once the handbooks that come with the product are in the store.
    pub(crate) built_in: OnceCell<()>,
    pub(crate) wording: Prepared,
    pub(crate) tracker_client: TrackerClient,
    pub(crate) uploads: Uploads,
    pub(crate) makings: Makings,
}

impl App {
    /// Puts the parts together.
    pub fn start(
        storage: Storage,
        blobs: DiskBlobs,
        mailer: Option<Mailer>,
        clock: Clock,
        settings: Settings,
    ) -> Arc<Self> {
        let log = Arc::new(StoredLog::new(storage.clone(), clock.clone()));
        let (rooms, changes) = Rooms::new(log);
        let rooms = Arc::new(rooms);
        let queue = Queue::new(storage.clone(), clock.clone());
        let reading =
            Reading { storage: storage.clone(), clock: clock.clone(), queue: queue.clone() };
        let projector = Projector::start(reading, &rooms, changes);
        let intake = Intake::start(storage.clone());
        let throttle = Throttle::of_sign_ins();
        let refusals = Throttle::of_refusals();
        let app = Self {
            storage,
            blobs,
            rooms,
            projector,
            intake,
            queue,
            jobs: Mutex::default(),
            mailer,
            clock,
            settings,
            throttle,
            refusals,
            once: Once::default(),
            exports: Semaphore::new(1),
            press: Arc::new(Semaphore::new(1)),
            built_in: OnceCell::new(),
            wording: Prepared::default(),
            tracker_client: TrackerClient::default(),
            uploads: Uploads::default(),
            makings: Makings::default(),
        };
        Arc::new(app)
    }

    /// Starts what a server does unasked, which commands beside a server leave to it: asking
    /// sources, forgetting events and recordings that are no longer kept, the jobs that wait, the
    /// library's index.
    pub async fn start_jobs(self: &Arc<Self>) -> Result<(), AppError> {
        self.learn_clock_corrections().await?;
        self.queue.start(self).await?;
        let puller = puller::start(self.storage.clone(), self.intake.clone(), self.clock.clone());
        let recordings = self.blobs.recordings();
        let retention = retention::start(self.storage.clone(), recordings, self.clock.clone());
        let index = index::start(self);
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).extend([puller, retention, index]);
        Ok(())
    }

    /// How this installation is set up.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Where the time comes from.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Whether sign-in links can be sent.
    pub fn sends_mail(&self) -> bool {
        self.mailer.is_some()
    }

    /// Whether the store answers.
    pub async fn is_ready(&self) -> bool {
        self.storage.ping().await.is_ok()
    }

    /// How many records are open.
    pub fn open_records(&self) -> usize {
        self.rooms.open_rooms()
    }

    /// Stores everything and closes the store.
    pub async fn stop(&self) {
        self.queue.stop().await;
        self.rooms.close().await;
        self.projector.stop();
        let jobs = std::mem::take(&mut *self.jobs.lock().unwrap_or_else(PoisonError::into_inner));
        jobs.iter().for_each(JoinHandle::abort);
        self.storage.close().await;
    }
}
