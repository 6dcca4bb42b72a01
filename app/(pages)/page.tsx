import { HomeScreen } from "./_home/home-screen.tsx";

export default function Home() {
  return <HomeScreen />;
}
