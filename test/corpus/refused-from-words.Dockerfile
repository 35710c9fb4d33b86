FROM debian:trixie-slim AS
FROM
FROM a b c d
