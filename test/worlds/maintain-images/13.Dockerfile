# syntax=dhi-frontend:1
FROM dhi.io/debian-base:trixie
COPY picture.svg graph.dot /
DHI-NATIVE librsvg2-common webp-pixbuf-loader
DHI-TOOL libgdk-pixbuf2.0-bin libglib2.0-bin graphviz
