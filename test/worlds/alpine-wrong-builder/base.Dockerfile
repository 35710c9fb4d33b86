# An image as Alpine's are to the frontend: its name says nothing, its files say Alpine and musl.
FROM scratch
COPY <<OS /etc/os-release
ID=alpine
VERSION_ID=3.23.1
PRETTY_NAME="Alpine Linux v3.23"
OS
COPY <<LOADER /lib/ld-musl-x86_64.so.1
LOADER
