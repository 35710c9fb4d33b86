# escape=^
FROM debian:trixie-slim
