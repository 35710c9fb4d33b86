const [input, status, picture] = ["input", "[role=status]", "img"].map((name) => document.querySelector(name));

input.addEventListener("change", async () => {
  const [file] = input.files;
  if (file === undefined) return;
  status.textContent = "Drawing ...";
  picture.hidden = true;
  const headers = { "Content-Type": "application/pdf" };
  const response = await fetch("previews", { method: "POST", headers, body: file });
  if (!response.ok) {
    const { error } = await response.json();
    status.textContent = `${file.name}: ${error}`;
    return;
  }
  URL.revokeObjectURL(picture.src);
  picture.src = URL.createObjectURL(await response.blob());
  picture.alt = `First page of ${file.name}`;
  picture.hidden = false;
  status.textContent = file.name;
});
