FROM debian:trixie-slim AS tools
RUN echo tool > /tool

FROM debian:trixie-slim
RUN --mount=from=tools,source=/tool,target=/mnt/tool cat /mnt/tool
RUN --mount=type=bind,from=tools,target=/mnt/root cat /mnt/root/tool
RUN --mount=target=/mnt/root,type=bind,from=tools --mount=type=cache,target=/cache cat /mnt/root/tool > /cache/tool
RUN --mount=type=tmpfs,target=/scratch --network=none --mount=type=bind,source=/etc,target=/mnt/etc,from=tools ls /mnt/etc > /scratch/list
