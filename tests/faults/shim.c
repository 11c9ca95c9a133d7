/* Stands between a program and its disk, by LD_PRELOAD: writes down all that it changes under a folder and all that
 * it says, in the one order in which it came, and fails the change that it is told to fail.
 *
 *   FAULTS_ROOT   the folder, its real path
 *   FAULTS_LOG    where to write down; appended to
 *   FAULTS_AT     which change fails, counted from 1; without it none does
 *   FAULTS_HOW    io: this one, with EIO. full: this one and all after it that need room, with ENOSPC; of a write
 *                 the first half is written before
 *
 * A record is six numbers in the machine's order (kind, lengths of the two names and of the data, inode, offset), then
 * the names and the data. tests/faults/journal.rs reads it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { CREATE = 1, WRITE, SIZE, SYNC, RENAME, REMOVE, FOLDER, SAID, FAULT };
enum how { NEVER, IO, FULL };

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static char root[4096];
static size_t root_length;
static int journal = -1;
static int64_t changes, fails_at;
static enum how how;

#define REAL(result, name, ...) \
    static result (*real_##name)(__VA_ARGS__); \
    if (!real_##name) *(void **)&real_##name = dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("FAULTS_ROOT"), *log = getenv("FAULTS_LOG"), *at = getenv("FAULTS_AT");
    const char *as = getenv("FAULTS_HOW");
    if (!folder || !log) return;
    REAL(int, open, const char *, int, ...);
    snprintf(root, sizeof root, "%s", folder);
    root_length = strlen(root);
    journal = real_open(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (journal < 0) abort();
    fails_at = at ? atoll(at) : 0;
    how = !as || !fails_at ? NEVER : !strcmp(as, "io") ? IO : FULL;
}

static int is_below(const char *path) {
    return journal >= 0 && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

/* The path of an open file, if it is below the root. */
static int path_of(int fd, char *path) {
    char link[64];
    if (journal < 0 || fd < 0 || fd == journal) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, 4095);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_below(path);
}

/* A path in full. What it names need not be there. */
static int full_path(int at, const char *name, char *path) {
    char base[4096];
    if (journal < 0) return 0;
    if (name[0] == '/') {
        snprintf(path, 4096, "%s", name);
    } else if (at == AT_FDCWD ? getcwd(base, sizeof base) != NULL : path_of(at, base)) {
        if (snprintf(path, 4096, "%s/%s", base, name) >= 4096) abort();
    } else {
        return 0;
    }
    return is_below(path);
}

static uint64_t inode_of(int fd) {
    struct stat found;
    return fstat(fd, &found) ? 0 : found.st_ino;
}

static int is_folder(int fd) {
    struct stat found;
    return !fstat(fd, &found) && S_ISDIR(found.st_mode);
}

static void put(const void *from, size_t length) {
    REAL(ssize_t, write, int, const void *, size_t);
    while (length) {
        ssize_t written = real_write(journal, from, length);
        if (written <= 0) abort();
        from = (const char *)from + written;
        length -= (size_t)written;
    }
}

static void tell(enum kind kind, const char *name, const char *other, uint64_t inode, int64_t offset,
                 const void *data, size_t length) {
    int failure = errno;
    int64_t head[6] = {kind, (int64_t)strlen(name), (int64_t)strlen(other), (int64_t)length, (int64_t)inode, offset};
    put(head, sizeof head);
    put(name, strlen(name));
    put(other, strlen(other));
    put(data, length);
    errno = failure;
}

/* Counts a change; whether it is to fail. errno says how. */
static int fails(const char *path, int needs_room) {
    changes++;
    int now = changes == fails_at || (how == FULL && changes > fails_at && needs_room);
    if (how == NEVER || !now) return 0;
    if (changes == fails_at) tell(FAULT, path, "", 0, 0, "", 0);
    errno = how == FULL ? ENOSPC : EIO;
    return 1;
}

static int open_file(int at, const char *name, int flags, mode_t mode) {
    REAL(int, openat, int, const char *, int, ...);
    char path[4096];
    if (!(flags & (O_CREAT | O_TRUNC)) || !full_path(at, name, path)) return real_openat(at, name, flags, mode);
    pthread_mutex_lock(&order);
    struct stat before;
    int is_there = !stat(path, &before);
    int changes_it = !is_there ? flags & O_CREAT : (flags & O_TRUNC) && before.st_size > 0;
    int fd = changes_it && fails(path, 1) ? -1 : real_openat(at, name, flags, mode);
    if (fd >= 0 && changes_it) tell(is_there ? SIZE : CREATE, path, "", inode_of(fd), 0, "", 0);
    pthread_mutex_unlock(&order);
    return fd;
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

int open(const char *name, int flags, ...) { MODE(flags) return open_file(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE(flags) return open_file(AT_FDCWD, name, flags | O_LARGEFILE, mode); }
int openat(int at, const char *name, int flags, ...) { MODE(flags) return open_file(at, name, flags, mode); }
int openat64(int at, const char *name, int flags, ...) { MODE(flags) return open_file(at, name, flags | O_LARGEFILE, mode); }
int creat(const char *name, mode_t mode) { return open_file(AT_FDCWD, name, O_WRONLY | O_CREAT | O_TRUNC, mode); }
int creat64(const char *name, mode_t mode) { return creat(name, mode); }

/* A write at an offset; at the place of the file if that is negative. */
static ssize_t write_at(int fd, const void *data, size_t length, int64_t offset) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    REAL(ssize_t, write, int, const void *, size_t);
    char path[4096];
    int says = fd == STDOUT_FILENO && journal >= 0;
    if (!says && !path_of(fd, path))
        return offset < 0 ? real_write(fd, data, length) : real_pwrite64(fd, data, length, offset);
    pthread_mutex_lock(&order);
    int64_t place = offset;
    size_t room = length;
    ssize_t written = -1;
    if (!says && fails(path, 1)) {
        room = how == IO || changes != fails_at ? 0 : length / 2;
        if (!room) goto done;
    }
    if (offset < 0 && !says) place = fcntl(fd, F_GETFL) & O_APPEND ? lseek64(fd, 0, SEEK_END) : lseek64(fd, 0, SEEK_CUR);
    /* What is said counts from when it can be heard. */
    if (says) tell(SAID, "", "", 0, 0, data, length);
    written = offset < 0 ? real_write(fd, data, room) : real_pwrite64(fd, data, room, offset);
    if (written > 0 && !says) tell(WRITE, path, "", inode_of(fd), place, data, (size_t)written);
done:
    pthread_mutex_unlock(&order);
    return written;
}

ssize_t write(int fd, const void *data, size_t length) { return write_at(fd, data, length, -1); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return write_at(fd, data, length, offset); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) { return write_at(fd, data, length, offset); }

ssize_t writev(int fd, const struct iovec *pieces, int count) {
    /* One piece at a time is what a short write gives. */
    for (int i = 0; i < count; i++)
        if (pieces[i].iov_len) return write_at(fd, pieces[i].iov_base, pieces[i].iov_len, -1);
    return 0;
}

static int change_size(int fd, int64_t size) {
    REAL(int, ftruncate64, int, off64_t);
    char path[4096];
    if (!path_of(fd, path)) return real_ftruncate64(fd, size);
    pthread_mutex_lock(&order);
    int result = fails(path, 0) ? -1 : real_ftruncate64(fd, size);
    if (!result) tell(SIZE, path, "", inode_of(fd), size, "", 0);
    pthread_mutex_unlock(&order);
    return result;
}

int ftruncate(int fd, off_t size) { return change_size(fd, size); }
int ftruncate64(int fd, off64_t size) { return change_size(fd, size); }

int fallocate(int fd, int mode, off_t offset, off_t length) {
    (void)fd, (void)mode, (void)offset, (void)length;
    errno = EOPNOTSUPP;
    return -1;
}
int fallocate64(int fd, int mode, off64_t offset, off64_t length) { return fallocate(fd, mode, offset, length); }
int posix_fallocate(int fd, off_t offset, off_t length) { return (void)fd, (void)offset, (void)length, EINVAL; }
int posix_fallocate64(int fd, off64_t offset, off64_t length) { return posix_fallocate(fd, offset, length); }
/* Whoever copies by these goes back to reads and writes. */
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t length, unsigned flags) {
    (void)in, (void)from, (void)out, (void)to, (void)length, (void)flags;
    errno = ENOSYS;
    return -1;
}
ssize_t sendfile64(int out, int in, off64_t *from, size_t length) {
    (void)out, (void)in, (void)from, (void)length;
    errno = ENOSYS;
    return -1;
}

static int sync_file(int fd, int (*real)(int)) {
    char path[4096];
    if (!path_of(fd, path)) return real(fd);
    pthread_mutex_lock(&order);
    int result = fails(path, 0) ? -1 : real(fd);
    if (!result) tell(SYNC, path, "", inode_of(fd), is_folder(fd), "", 0);
    pthread_mutex_unlock(&order);
    return result;
}

int fsync(int fd) {
    REAL(int, fsync, int);
    return sync_file(fd, real_fsync);
}
int fdatasync(int fd) {
    REAL(int, fdatasync, int);
    return sync_file(fd, real_fdatasync);
}

int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    REAL(int, renameat2, int, const char *, int, const char *, unsigned);
    char old[4096], new[4096];
    int is_ours = full_path(from_at, from, old) && full_path(to_at, to, new);
    if (!is_ours) return real_renameat2(from_at, from, to_at, to, flags);
    pthread_mutex_lock(&order);
    int result = fails(old, 0) ? -1 : real_renameat2(from_at, from, to_at, to, flags);
    if (!result) tell(RENAME, old, new, 0, 0, "", 0);
    pthread_mutex_unlock(&order);
    return result;
}
int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int from_at, const char *from, int to_at, const char *to) { return renameat2(from_at, from, to_at, to, 0); }

int unlinkat(int at, const char *name, int flags) {
    REAL(int, unlinkat, int, const char *, int);
    char path[4096];
    if (!full_path(at, name, path)) return real_unlinkat(at, name, flags);
    pthread_mutex_lock(&order);
    struct stat found;
    /* What is not there fails by itself, and changes nothing. */
    int result = !lstat(path, &found) && fails(path, 0) ? -1 : real_unlinkat(at, name, flags);
    if (!result) tell(REMOVE, path, "", 0, 0, "", 0);
    pthread_mutex_unlock(&order);
    return result;
}
int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int remove(const char *name) { return unlink(name); }
int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }

int mkdirat(int at, const char *name, mode_t mode) {
    REAL(int, mkdirat, int, const char *, mode_t);
    char path[4096];
    if (!full_path(at, name, path)) return real_mkdirat(at, name, mode);
    pthread_mutex_lock(&order);
    struct stat found;
    int result = lstat(path, &found) && fails(path, 1) ? -1 : real_mkdirat(at, name, mode);
    if (!result) tell(FOLDER, path, "", 0, 0, "", 0);
    pthread_mutex_unlock(&order);
    return result;
}
int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }
