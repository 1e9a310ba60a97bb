/* Remembers what a program wrote and did not yet sync, so that the loss of power can be played
 * after it was killed. Preload it; it looks only at files below POWERLOSS_DIR.
 *
 *   cc -shared -fPIC -O2 -o powerloss.so powerloss.c -ldl
 *   POWERLOSS_DIR=/folder/of/data POWERLOSS_LOG=/elsewhere/log LD_PRELOAD=./powerloss.so program
 *
 * The log is a row of records, each a head and then the old and the new bytes:
 *   'W' path offset old_size, old bytes, new bytes     before a write
 *   'T' path new_size old_size, old tail               before a truncation
 *   'S' path                                           after a sync that succeeded
 * power.py plays it backwards. Names, and so the making and removing of files, count as kept. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct head {
    uint32_t kind, path_len;
    int64_t offset, old_size;
    uint32_t old_len, new_len;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_fsync)(int), (*real_fdatasync)(int), (*real_ftruncate)(int, off_t);

static void find(void) {
    if (real_pwrite) return;
    real_write = dlsym(RTLD_NEXT, "write");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
}

/* The path of a file that counts: below the folder, and no shared memory, which is never synced. */
static int counts(int fd, char *path) {
    const char *folder = getenv("POWERLOSS_DIR");
    char link[64];
    ssize_t len;
    find();
    if (!folder) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    len = readlink(link, path, PATH_MAX - 1);
    if (len <= 0) return 0;
    path[len] = 0;
    if (strncmp(path, folder, strlen(folder)) != 0) return 0;
    return !(len > 4 && strcmp(path + len - 4, "-shm") == 0);
}

static void record(struct head *head, const char *path, const void *old, const void *new) {
    if (log_fd < 0) log_fd = open(getenv("POWERLOSS_LOG"), O_CREAT | O_APPEND | O_WRONLY, 0600);
    size_t total = sizeof *head + head->path_len + head->old_len + head->new_len;
    char *all = malloc(total), *at = all;
    memcpy(at, head, sizeof *head), at += sizeof *head;
    memcpy(at, path, head->path_len), at += head->path_len;
    memcpy(at, old, head->old_len), at += head->old_len;
    memcpy(at, new, head->new_len);
    if (real_write(log_fd, all, total) != (ssize_t)total) abort();
    free(all);
}

static ssize_t noted_write(int fd, const char *path, const void *bytes, size_t count, off_t at) {
    struct stat is;
    char *old = malloc(count ? count : 1);
    ssize_t had, done;
    pthread_mutex_lock(&lock);
    fstat(fd, &is);
    had = pread(fd, old, count, at);
    struct head head = {'W', strlen(path), at, is.st_size, had > 0 ? had : 0, count};
    record(&head, path, old, bytes);
    done = real_pwrite(fd, bytes, count, at);
    pthread_mutex_unlock(&lock);
    free(old);
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at) {
    char path[PATH_MAX];
    if (!counts(fd, path)) return real_pwrite(fd, bytes, count, at);
    return noted_write(fd, path, bytes, count, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    return pwrite64(fd, bytes, count, at);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    char path[PATH_MAX];
    if (!counts(fd, path)) return real_write(fd, bytes, count);
    off_t at = lseek(fd, 0, SEEK_CUR);
    ssize_t done = noted_write(fd, path, bytes, count, at);
    if (done > 0) lseek(fd, at + done, SEEK_SET);
    return done;
}

static int noted_truncate(int fd, off_t size) {
    char path[PATH_MAX];
    struct stat is;
    if (!counts(fd, path)) return real_ftruncate(fd, size);
    pthread_mutex_lock(&lock);
    fstat(fd, &is);
    size_t tail = is.st_size > size ? is.st_size - size : 0;
    char *old = malloc(tail ? tail : 1);
    ssize_t had = pread(fd, old, tail, size);
    struct head head = {'T', strlen(path), size, is.st_size, had > 0 ? had : 0, 0};
    record(&head, path, old, "");
    int done = real_ftruncate(fd, size);
    pthread_mutex_unlock(&lock);
    free(old);
    return done;
}

int ftruncate64(int fd, off_t size) { return noted_truncate(fd, size); }
int ftruncate(int fd, off_t size) { return noted_truncate(fd, size); }

static int noted_sync(int fd, int (*sync)(int)) {
    char path[PATH_MAX];
    int is_ours = counts(fd, path);
    if (!is_ours) return sync(fd);
    pthread_mutex_lock(&lock);
    int done = sync(fd);
    struct head head = {'S', strlen(path), 0, 0, 0, 0};
    if (done == 0) record(&head, path, "", "");
    pthread_mutex_unlock(&lock);
    return done;
}

int fsync(int fd) { find(); return noted_sync(fd, real_fsync); }
int fdatasync(int fd) { find(); return noted_sync(fd, real_fdatasync); }
