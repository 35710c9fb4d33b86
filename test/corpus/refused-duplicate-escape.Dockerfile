# escape=`
# escape=`
FROM debian:trixie-slim
