export default function Page() {
  return <main><h1>MockLoop</h1></main>;
}
