FROM debian:trixie-slim
RUN --mount=type=tmpfs,target=/scratch \
    # the script follows
    <<EOF
echo continued > /scratch/file
EOF
