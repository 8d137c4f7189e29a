//! How a campaign is kept on disk: a small JSON document with a version, apart from the working types.

use serde::{Deserialize, Serialize};

use super::Campaign;
use super::outreach_list::{Entry, OutreachList, Status};

/// The version this program writes; it reads this one and earlier ones.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct CampaignV1 {
    isthmus_campaign: u32,
    outreach_list: Vec<EntryV1>,
}

#[derive(Serialize, Deserialize)]
struct EntryV1 {
    person: String,
    name: String,
    #[serde(default)]
    status: Status,
    #[serde(default)]
    note: String,
}

/// Why a kept campaign could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CampaignFileError {
    /// Not such a document, or damaged.
    #[error("the kept outreach list is damaged ({0})")]
    Damaged(#[from] serde_json::Error),
    /// Written by a later program.
    #[error("the kept outreach list is of version {0}, newer than this program")]
    Newer(u32),
}

impl CampaignFileError {
    /// What the person can do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Damaged(_) => {
                "It was put aside untouched beside the new one; a new list is begun"
            }
            Self::Newer(_) => {
                "Open the file with the newer Isthmus; the list was put aside untouched"
            }
        }
    }
}

/// The document for `campaign`.
pub fn to_json(campaign: &Campaign) -> String {
    let entries = campaign.outreach_list.entries().iter().map(|e| EntryV1 {
        person: e.person.clone(),
        name: e.name.clone(),
        status: e.status,
        note: e.note.clone(),
    });
    let document = CampaignV1 {
        isthmus_campaign: VERSION,
        outreach_list: entries.collect(),
    };
    serde_json::to_string_pretty(&document).expect("strings and enums always become JSON")
}

/// The campaign in `document`.
///
/// # Errors
/// [`CampaignFileError`] when it is no such document or a newer one.
pub fn from_json(document: &str) -> Result<Campaign, CampaignFileError> {
    #[derive(Deserialize)]
    struct Version {
        isthmus_campaign: u32,
    }
    let version: Version = serde_json::from_str(document)?;
    if version.isthmus_campaign > VERSION {
        return Err(CampaignFileError::Newer(version.isthmus_campaign));
    }
    let document: CampaignV1 = serde_json::from_str(document)?;
    // Whoever stands twice in a file that was edited by hand keeps the first entry.
    let entries = document.outreach_list.into_iter().map(|e| Entry {
        person: e.person,
        name: e.name,
        status: e.status,
        note: e.note,
    });
    let mut outreach_list = OutreachList::default();
    outreach_list.put_in(entries.map(|entry| (usize::MAX, entry)).collect());
    Ok(Campaign { outreach_list })
}
