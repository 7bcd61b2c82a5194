"""Files of two kinds: pictures everybody may see, and people's files nobody reaches by an address.

People's files have the same two methods whether they lie in a folder or in a bucket: `erase(name)` removes the object
with every earlier version, `versions(name)` lists what is still there, by name or version id.
"""

from django.core.files.storage import FileSystemStorage
from django.core.files.utils import validate_file_name
from storages.backends.s3 import S3Storage


class NoPublicAddress:
    """A person's file is opened through a view that checks rights; asking for its address is a mistake in the code."""

    def url(self, name, *args, **kwargs):
        raise ValueError("People's files have no address. Open them through privacy.actions.open_file.")


class PeopleFolder(NoPublicAddress, FileSystemStorage):
    """People's files in a folder outside every served path, readable by the server's own user only."""

    def __init__(self, location):
        super().__init__(
            location=location, base_url=None, file_permissions_mode=0o600, directory_permissions_mode=0o700
        )

    def erase(self, name):
        self.delete(name)

    def versions(self, name):
        return [name] if self.exists(name) else []


class PublicBucket(S3Storage):
    """Pictures under `media/`: plain addresses without a signature. The bucket's policy opens `media/images/` only."""

    querystring_auth = False
    file_overwrite = False
    default_acl = None


class PeopleBucket(NoPublicAddress, S3Storage):
    """People's files under `people/`: private, never overwritten, erased with all versions and delete markers."""

    default_acl = "private"
    file_overwrite = False
    object_parameters = {"CacheControl": "private, no-store"}

    def erase(self, name):
        for version in self._stored(name):
            version.delete()

    def versions(self, name):
        return [version.id for version in self._stored(name)]

    def _stored(self, name):
        """The service lists by prefix, so a longer neighbouring name is sorted out here."""
        key = self._normalize_name(validate_file_name(name, allow_relative_path=True))
        return [version for version in self.bucket.object_versions.filter(Prefix=key) if version.object_key == key]
